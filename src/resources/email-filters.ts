import type { Filter } from '../engine/filter.ts';

/** SQLite refuses patterns of 50,000 bytes; no address has more than 255 characters, so what is behind 256 can't matter. */
const shorten = (text: string) => text.slice(0, 256);

const pattern = (before: string, after: string) => (text: string) =>
  before + shorten(text).replace(/[\\%_]/g, (character) => `\\${character}`) + after;
const caseless = (column: string) => `${column} LIKE ? ESCAPE '\\'`;
const glob = (before: string, after: string) => (text: string) =>
  before + shorten(text).replace(/[*?[]/g, (character) => `[${character}]`) + after;

/**
 * The filters on an address that came after the metadata of 2021 (documented by the OpenAPI file of 2025, which says
 * that LLike matches the beginning and RLike the end).
 */
export function emailFilters(column: string): Record<string, Filter> {
  const filter = (where: string, value?: (text: string) => string): Filter => ({
    datatype: 'AnsiString',
    where,
    unlisted: true,
    ...(value === undefined ? {} : { value }),
  });
  return {
    Email: filter(`${column} = ? COLLATE NOCASE`),
    EmailCI: filter(`${column} = ? COLLATE NOCASE`),
    EmailLike: filter(`${column} GLOB ?`, glob('*', '*')),
    EmailLikeCI: filter(caseless(column), pattern('%', '%')),
    EmailLLike: filter(`${column} GLOB ?`, glob('', '*')),
    EmailLLikeCI: filter(caseless(column), pattern('', '%')),
    EmailRLike: filter(`${column} GLOB ?`, glob('*', '')),
    EmailRLikeCI: filter(caseless(column), pattern('%', '')),
  };
}
