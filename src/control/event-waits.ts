import type { Account } from '../accounts/account.ts';
import { countTaken } from '../webhooks/taken-events.ts';
import { ControlError } from './control-error.ts';

/** Waits for the events of one account to be posted and taken. */
export interface EventWaits {
  /**
   * Resolves to true once `count` events were taken, to false when `ms` of the machine's time have passed.
   * @param event as webhooks name it; any without
   * @throws ControlError 409 when there are too many waits already
   */
  wait(event: string | undefined, count: number, ms: number): Promise<boolean>;
  /** Ends all waiting. */
  close(): void;
}

/** Waits of one account. */
const mostWaits = 200;

/** The waits look again this long after something was stored, ms: what comes in between is seen by the same look. */
const lookAfter = 20;

interface Waiter {
  isEnough(): boolean;
  end(hasCome: boolean): void;
}

/** Lets calls wait for events: what is stored makes all waits look again, together. */
export function createEventWaits(account: Account): EventWaits {
  const waiting = new Set<Waiter>();
  let stopListening = () => {};
  let looking: NodeJS.Timeout | undefined;

  const look = () => {
    looking = undefined;
    for (const { isEnough, end } of [...waiting]) if (isEnough()) end(true);
  };

  const enter = (waiter: Waiter) => {
    if (waiting.size >= mostWaits)
      throw new ControlError(409, `There are ${mostWaits} waits for events already`);
    if (waiting.size === 0)
      stopListening = account.onCommit(() => {
        looking ??= setTimeout(look, lookAfter);
      });
    waiting.add(waiter);
  };

  const leave = (waiter: Waiter) => {
    waiting.delete(waiter);
    if (waiting.size > 0) return;
    stopListening();
    clearTimeout(looking);
    looking = undefined;
  };

  return {
    async wait(event, count, ms) {
      const isEnough = () => account.isOpen && countTaken(account, event) >= count;
      if (isEnough()) return true;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => waiter.end(isEnough()), ms);
        const waiter: Waiter = {
          isEnough,
          end(hasCome) {
            clearTimeout(timer);
            leave(waiter);
            resolve(hasCome);
          },
        };
        try {
          enter(waiter);
        } catch (error) {
          clearTimeout(timer);
          reject(error);
        }
      });
    },
    close() {
      for (const { end } of [...waiting]) end(false);
    },
  };
}
