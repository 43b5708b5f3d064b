import type { Account } from '../accounts/account.ts';

/** A value as SQLite stores it; integers are `bigint`, so that none is rounded. */
export type Value = string | number | bigint | Buffer | null;

/** A row of a table or view, by column. */
export type Row = Record<string, Value>;

/** What a page of rows may hold, characters and bytes: rows may be long, and their answer is made at once. */
const mostOfPage = 16 * 1024 * 1024;

/**
 * The rows of a SELECT.
 * @param text SQL with `?` for each value
 * @throws Error when they hold too much to be shown at once
 */
export function selectRows(account: Account, text: string, values: readonly Value[]): Row[] {
  const { statement, columns } = account.raw(text);
  const rows: Row[] = [];
  let size = 0;
  // a raw SELECT gives arrays
  for (const row of statement.iterate(...values) as IterableIterator<Value[]>) {
    for (const value of row)
      if (typeof value === 'string' || Buffer.isBuffer(value)) size += value.length;
    if (size > mostOfPage)
      throw new Error(`A page has more than ${mostOfPage} bytes: ask for fewer rows by Limit`);
    rows.push(named(columns, row));
  }
  return rows;
}

/** The first row of a SELECT; undefined when there is none. */
export function selectRow(
  account: Account,
  text: string,
  values: readonly Value[],
): Row | undefined {
  const { statement, columns } = account.raw(text);
  const row = statement.get(...values) as Value[] | undefined; // a raw SELECT gives arrays
  return row === undefined ? undefined : named(columns, row);
}

function named(columns: readonly string[], values: readonly Value[]): Row {
  const row: Row = {};
  for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ''] = values[at] ?? null;
  return row;
}
