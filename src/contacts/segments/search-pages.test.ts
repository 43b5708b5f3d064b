import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../accounts/account.ts';
import { createRegistry } from '../../accounts/registry.ts';
import { writeContact } from '../write-contact.ts';
import { parseExpression } from './parser.ts';
import { searchSegment } from './search.ts';

const registry = createRegistry();
afterAll(() => registry.close());

describe('A page of a segment', () => {
  let crowd: Account;
  const all = Array.from({ length: 120 }, (_, n) => `reader${n}@example.com`);
  /** So long that a step looks at fifty contacts. */
  const long = parseExpression(
    Array.from({ length: 1400 }, (_, n) => `Contains(email, "reader${n}@")`).join(' or '),
  );
  const everybody = parseExpression('StartsWith(email, "reader")');

  beforeAll(() => {
    const opened = registry.authenticate('crowd', 'private');
    if (opened === undefined) throw new Error('no account');
    crowd = opened;
    for (const email of all) writeContact(crowd, { email, changes: [] });
  });

  it.each([
    [1, 1000, everybody, 121],
    [7, 1000, everybody, 18],
    [120, 1000, everybody, 2],
    [1000, 1000, everybody, 1],
    // three steps for the contacts, and one that finds no more
    [1000, 1, long, 4],
    [1000, 2, long, 2],
    [49, 1, long, 4],
  ])(
    'of %i contacts and %i steps: one after the other they are all there, once',
    (limit, steps, condition, pages) => {
      const found: string[] = [];
      let taken = 0;
      for (let after: bigint | undefined = 0n; after !== undefined; taken += 1) {
        const search = searchSegment(crowd, condition, { after, limit, steps });
        while (!search.isDone) search.step();
        expect(search.found.length).toBeLessThanOrEqual(limit);
        found.push(...search.found.map(({ email }) => email));
        after = search.after;
      }
      expect(found).toEqual(all);
      expect(taken).toBe(pages);
    },
  );

  it('goes on in the new database of an account that is reset meanwhile', () => {
    const search = searchSegment(crowd, long, { after: 0n, limit: 1000, steps: 1000 });
    search.step();
    registry.reset(crowd);
    while (!search.isDone) search.step();
    expect(search.after).toBeUndefined();
  });
});
