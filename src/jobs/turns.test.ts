import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

/** The slices of `count` turns of one item that comes again each time, beside requests that take `ms` a turn. */
function slicesBeside(ms: number, count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const slices: number[] = [];
    const turns = createTurns<string>((item, sliceMs) => {
      slices.push(sliceMs);
      if (slices.length === count) return resolve(slices);
      setImmediate(() => {
        for (const end = performance.now() + ms; performance.now() < end; );
      });
      turns.add(item);
    });
    turns.add('job');
  });
}

it('slices are a quarter of what requests take between them, up to a limit', async () => {
  const [first, ...others] = await slicesBeside(40, 4);
  expect(first).toBe(4);
  for (const slice of others) expect(slice).toBeGreaterThanOrEqual(10);
  for (const slice of await slicesBeside(150, 3)) expect(slice).toBeLessThanOrEqual(25);
});

it('gives an item one turn, however often it was added, and none after a stop', async () => {
  const worked: string[] = [];
  const turns = createTurns<string>((item) => worked.push(item));
  for (const item of ['a', 'b', 'a']) turns.add(item);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(worked).toEqual(['a', 'b']);
  turns.add('c');
  turns.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(worked).toEqual(['a', 'b']);
});
