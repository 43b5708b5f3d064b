import { expect, it } from 'vitest';
import { atEndOfTurn, endTurn } from './end-of-turn.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('writes what is ready after this turn, in its order and once', async () => {
  const written: string[] = [];
  atEndOfTurn(() => written.push('a'));
  atEndOfTurn(() => written.push('b'));
  expect(written).toEqual([]);
  await turn();
  await turn();
  expect(written).toEqual(['a', 'b']);
});

it('writes at once where work would hold it up, and what comes later at the next end', async () => {
  const written: string[] = [];
  atEndOfTurn(() => written.push('a'));
  endTurn();
  expect(written).toEqual(['a']);
  atEndOfTurn(() => written.push('b'));
  await turn();
  expect(written).toEqual(['a', 'b']);
});
