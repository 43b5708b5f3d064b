import { expect, it } from 'vitest';
import { createSpares } from './spares.ts';

it('makes the first when it is asked for, and a few more behind it', async () => {
  let made = 0;
  const take = createSpares(() => (made += 1));
  expect(made).toBe(0);
  expect(take()).toBe(1);
  await expect.poll(() => made, { timeout: 20_000 }).toBe(5);
});

it('gives none twice, also where more are wanted than there are', async () => {
  let made = 0;
  const take = createSpares(() => (made += 1));
  const first = take();
  await expect.poll(() => made, { timeout: 20_000 }).toBe(5);
  const taken = [first, ...Array.from({ length: 20 }, take)];
  expect(new Set(taken).size).toBe(21);
});
