import { type Sql, sql } from './sql.ts';

/** Columns that conditions refer to: a value is read out of a contact once, however often it is compared. */
export interface Columns {
  readonly count: number;
  /** The name of the column of a key, whose value is asked for the first time. */
  nameOf(key: string, value: () => Sql): Sql;
  /** All of them, each with a comma before it, for a SELECT that has others. */
  select(): Sql;
}

/** No columns yet. */
export function createColumns(): Columns {
  const known = new Map<string, { name: Sql; value: Sql }>();
  return {
    get count() {
      return known.size;
    },
    nameOf(key, value) {
      let column = known.get(key);
      if (column === undefined) {
        column = { name: { text: `value${known.size}`, values: [] }, value: value() };
        known.set(key, column);
      }
      return column.name;
    },
    select: () =>
      [...known.values()].reduce((all, { name, value }) => sql`${all}, ${value} AS ${name}`, sql``),
  };
}
