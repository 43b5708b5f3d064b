import { expect, it } from 'vitest';
import { inboxTurn } from './inbox-turn.ts';

it('is had by one alone, whoever asks beside it', async () => {
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const had = await Promise.all(
    Array.from({ length: 5 }, async () => {
      await inboxTurn();
      return turn;
    }),
  );
  isOver = true;
  expect(new Set(had).size).toBe(5);
});
