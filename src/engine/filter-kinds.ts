import type { Filter } from './filter.ts';

// What most filters of Mailjet's are, so that a declaration names a filter and its column and nothing else.

/** `Contact=1`: the number that a column holds. */
export const int64 = (column: string): Filter => ({ datatype: 'Int64', where: `${column} = ?` });

/** `IsActive=true`: a column of 0 and 1, or a condition. */
export const flag = (column: string): Filter => ({
  datatype: 'TBooleanFilter',
  where: `${column} = ?`,
});

/** `Name=Readers`: the same text, as the column compares (recorded for the name of a list: exactly). */
export const text = (column: string): Filter => ({
  datatype: 'AnsiString',
  where: `${column} = ?`,
});

/** `Status=active`: the same text in any case. */
export const caseless = (column: string): Filter => ({
  datatype: 'AnsiString',
  where: `${column} = ? COLLATE NOCASE`,
});

/** `LastActivityAt=2026-01-01T00:00:00Z`: the same moment. */
export const moment = (column: string): Filter => ({
  datatype: 'TRFC3339DateTime',
  where: `${column} = ?`,
});

/** `ContactsList=1`: rows of `column`, of those that `table` has under the number. */
export const memberOf = (table: string, column: string, key: string): Filter => ({
  datatype: 'Int64',
  choose: `SELECT ${column} AS chosenID FROM ${table} WHERE ${key} = ?`,
});

/** SQLite refuses patterns of 50,000 bytes; no text that is filtered has more than 255 characters, so what is behind 256 can't matter. */
const shorten = (given: string) => given.slice(0, 256);

const pattern = (before: string, after: string) => (given: string) =>
  before + shorten(given).replace(/[\\%_]/g, (character) => `\\${character}`) + after;
const glob = (before: string, after: string) => (given: string) =>
  before + shorten(given).replace(/[*?[]/g, (character) => `[${character}]`) + after;

/**
 * The ways to look for a text that came after the metadata of 2021 (documented by the OpenAPI file of 2025, which says
 * that LLike matches the beginning and RLike the end): `NameCI`, `NameLike`, `NameLikeCI`, `NameLLike` and so on.
 * @param name of the property; the plain filter of that name is not among them
 */
export function likeFilters(name: string, column: string): Record<string, Filter> {
  const like = (where: string, value: (given: string) => string): Filter => ({
    datatype: 'AnsiString',
    where,
    value,
    unlisted: true,
  });
  const withCase = `${column} GLOB ?`;
  const withoutCase = `${column} LIKE ? ESCAPE '\\'`;
  return {
    [`${name}CI`]: { ...caseless(column), unlisted: true },
    [`${name}Like`]: like(withCase, glob('*', '*')),
    [`${name}LikeCI`]: like(withoutCase, pattern('%', '%')),
    [`${name}LLike`]: like(withCase, glob('', '*')),
    [`${name}LLikeCI`]: like(withoutCase, pattern('', '%')),
    [`${name}RLike`]: like(withCase, glob('*', '')),
    [`${name}RLikeCI`]: like(withoutCase, pattern('%', '')),
  };
}
