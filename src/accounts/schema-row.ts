/** One row of `sqlite_schema`: a table, index, view or trigger. */
export interface SchemaRow {
  type: string;
  name: string;
  /** The table that it belongs to, its own name for a table. */
  table: string;
  /** Its first page; 0 where it has none. */
  root: number;
  /** The statement that made it; null for what SQLite makes by itself. */
  sql: string | null;
}

/** What a database file says of its own structure. */
export interface Schema {
  /** `PRAGMA user_version`: how many of our migrations it has seen. */
  version: number;
  rows: SchemaRow[];
}
