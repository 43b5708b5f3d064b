/** What SQLite takes for a parameter. */
export type Bound = string | number | bigint | null;

/** A piece of SQL with the values of its parameters, in their order. */
export interface Sql {
  text: string;
  values: readonly Bound[];
}

/** Joins pieces of SQL: a piece is put in as it is, any other value becomes a parameter, so no text of a caller is SQL. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | Bound)[]): Sql {
  let text = texts[0] ?? '';
  const values: Bound[] = [];
  parts.forEach((part, index) => {
    if (typeof part === 'object' && part !== null) {
      text += part.text;
      for (const value of part.values) values.push(value);
    } else {
      text += '?';
      values.push(part);
    }
    text += texts[index + 1] ?? '';
  });
  return { text, values };
}

/** Joins conditions, in halves: SQLite refuses an expression that is 1,000 deep, and reads a chain as one. */
export function join(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [only] = conditions;
  if (only === undefined) throw new Error('There is nothing to join');
  if (conditions.length === 1) return only;
  const middle = conditions.length >> 1;
  const left = join(conditions.slice(0, middle), operator);
  const right = join(conditions.slice(middle), operator);
  return operator === 'AND' ? sql`(${left} AND ${right})` : sql`(${left} OR ${right})`;
}
