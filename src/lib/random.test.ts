import { describe, expect, it } from 'vitest';
import { createRandom, guid, randomText } from './random.ts';

describe('createRandom', () => {
  it('repeats its sequence for a seed, and only for it', () => {
    const sequence = (seed?: string) => {
      const random = createRandom(seed);
      return [random.bytes(8).toString('hex'), random.bytes(8).toString('hex')];
    };
    expect(sequence('a')).toEqual(sequence('a'));
    expect(sequence('a')).not.toEqual(sequence('b'));
    expect(sequence('a')[0]).not.toBe(sequence('a')[1]);
    expect(sequence()).not.toEqual(sequence());
  });
});

describe('guid', () => {
  it('is a lower-case v4 UUID, whatever the bytes', () => {
    for (const fill of [0, 0x55, 0xff]) {
      const uuid = guid({ seed: '', turn: 0, bytes: (length) => Buffer.alloc(length, fill) });
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe('randomText', () => {
  it.each([
    [8, undefined, /^[a-z0-9]{8}$/],
    [1, 26, /^[a-z]$/],
    [64, 26, /^[a-z]{64}$/],
  ])('has %i characters of the first %s', (length, size, pattern) => {
    for (let turn = 0; turn < 50; turn += 1)
      expect(randomText(createRandom(String(turn)), length, size)).toMatch(pattern);
  });
});
