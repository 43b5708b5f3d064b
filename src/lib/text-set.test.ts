import { expect, it } from 'vitest';
import { createTextSet } from './text-set.ts';

it('tells a text that is new from one that was there', () => {
  const set = createTextSet();
  expect(set.has('ann@example.com')).toBe(false);
  expect(set.add('ann@example.com')).toBe(true);
  expect(set.add('ann@example.com')).toBe(false);
  expect(set.has('ann@example.com')).toBe(true);
  expect(set.size).toBe(1);
});

it.each([
  ['ann@example.com', 'anna@example.com'],
  ['ab', 'ba'],
  ['', ' '],
  ['a', 'A'],
  ['é', 'e\u0301'],
  ['\0', '\0\0'],
])('keeps %j and %j apart', (one, other) => {
  const set = createTextSet();
  expect([set.add(one), set.add(other), set.add(one), set.add(other)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('is the same as a Set of strings over a hundred thousand texts, half of them twice', () => {
  const [ours, exact] = [createTextSet(), new Set<string>()];
  for (let n = 0; n < 100_000; n += 1) {
    const text = `person${n % 50_000 === n ? n : (n * 7919) % 90_000}@example.com`;
    expect(ours.add(text)).toBe(!exact.has(text));
    exact.add(text);
  }
  expect(ours.size).toBe(exact.size);
  for (const text of exact) if (!ours.has(text)) throw new Error(`${text} was lost`);
});
