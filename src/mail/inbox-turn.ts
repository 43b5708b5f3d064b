import { createTurns } from '../lib/turns.ts';

const turns = createTurns<() => void>((goOn) => goOn());

/**
 * Resolves in a turn of the event loop that no other work on an inbox has: however many searches there are at once, they
 * slow each other and not the requests.
 */
export const inboxTurn = (): Promise<void> => new Promise((resolve) => turns.add(resolve));
