import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

/** The slices of `count` turns of one item that comes again each time, beside requests that take `ms` a turn. */
function slicesBeside(ms: number, count: number): Promise<number[]> {
  let time = 0;
  return new Promise((resolve) => {
    const slices: number[] = [];
    const turns = createTurns<string>(
      (item, sliceMs) => {
        slices.push(sliceMs);
        if (slices.length === count) return resolve(slices);
        setImmediate(() => {
          time += ms;
        });
        turns.add(item);
      },
      () => time,
    );
    turns.add('job');
  });
}

it.each([
  [0, [4, 4, 4]],
  [16, [4, 4, 4]],
  [40, [4, 10, 10]],
  [100, [4, 25, 25]],
  [150, [4, 25, 25]],
])('beside requests of %i ms a turn slices are %j ms', async (ms, slices) => {
  expect(await slicesBeside(ms, 3)).toEqual(slices);
});

it('gives an item one turn, however often it was added, and none after a stop', async () => {
  const worked: string[] = [];
  const turns = createTurns<string>((item) => worked.push(item));
  const someTurns = async () => {
    for (let n = 0; n < 10; n += 1) await new Promise(setImmediate);
  };
  for (const item of ['a', 'b', 'a']) turns.add(item);
  await someTurns();
  expect(worked).toEqual(['a', 'b']);
  turns.add('c');
  turns.stop();
  await someTurns();
  expect(worked).toEqual(['a', 'b']);
});

it('gives items that come again their turns one after the other', async () => {
  const worked: string[] = [];
  const turns = createTurns<string>((item) => {
    worked.push(item);
    if (worked.length < 8) turns.add(item);
  });
  for (const item of ['ann', 'bob']) turns.add(item);
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
  expect(worked.slice(0, 8)).toEqual(['ann', 'bob', 'ann', 'bob', 'ann', 'bob', 'ann', 'bob']);
});
