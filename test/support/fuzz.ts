import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { expect } from 'vitest';

/** Seed of this run's property tests; `FUZZ_SEED` makes an earlier run again. */
export const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** How many times as many cases as usual are tried, `FUZZ_TIMES`; their time grows along. */
export const times = Number(process.env.FUZZ_TIMES ?? 1);

/** JSON of any depth out of values and names. @param most members of an array, one more in an object */
export function anyJson(values: fc.Arbitrary<unknown>, names: string[], most: number) {
  return fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      values,
      fc.array(tie('json'), { maxLength: most }),
      fc.dictionary(fc.constantFrom(...names), tie('json'), {
        maxKeys: most + 1,
        noNullPrototype: true,
      }),
    ),
  })).json;
}

export const asJson = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** Fails unless a database is sound and its counts are those of its rows. */
export function expectConsistent(db: Database): void {
  expect(db.pragma('quick_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const miscounted = db.prepare(
    `SELECT * FROM contactslist AS l WHERE SubscriberCount <> (SELECT count(*)
       FROM listrecipient AS r WHERE r.ListID = l.ID AND r.IsUnsubscribed = 0)`,
  );
  expect(miscounted.all()).toEqual([]);
  expect(db.prepare('SELECT ID FROM contact WHERE NOT json_valid(properties)').all()).toEqual([]);
  expect(db.prepare('SELECT count(*) AS n FROM account').get()).toEqual({ n: 1 });
}
