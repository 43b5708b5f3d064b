import type { Account } from '../accounts/account.ts';

/** A value as SQLite stores it; integers are `bigint`, so that none is rounded. */
export type Value = string | number | bigint | Buffer | null;

/** A row of a table or view, by column. */
export type Row = Record<string, Value>;

/** The rows of a SELECT. @param text SQL with `?` for each value */
export function selectRows(account: Account, text: string, values: readonly Value[]): Row[] {
  const { statement, columns } = account.raw(text);
  return (statement.all(...values) as Value[][]).map((row) => named(columns, row)); // a raw SELECT gives arrays
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
