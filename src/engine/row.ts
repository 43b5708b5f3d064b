/** A value as SQLite stores it; integers are `bigint`, so that none is rounded. */
export type Value = string | number | bigint | Buffer | null;

/** A row of a table or view, by column. */
export type Row = Record<string, Value>;
