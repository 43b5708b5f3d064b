import { parseDateTime } from '../lib/datetime-format.ts';
import { MailjetError, NotBuiltError } from '../lib/errors.ts';
import { isInt64 } from '../lib/int64.ts';
import type { Query } from './query.ts';
import type { Resource } from './resource.ts';
import type { Value } from './row.ts';

/** A filter of a resource: metadata's type, and the condition it stands for. */
export interface Filter {
  datatype:
    | 'Int64'
    | 'TBooleanFilter'
    | 'Boolean'
    | 'AnsiString'
    | 'TRFC3339DateTime'
    | 'TCustomStatus'
    | 'TFilterKeyType';
  /** SQL with one `?` for the value; `''` for a parameter that another part reads; without, the filter is not built. */
  where?: string;
  /**
   * Instead of `where`: SELECT with one `?` that gives the IDs that fit as `chosenID`, each once, out of an index that
   * holds them in order. The list is driven by it, so that a page costs its rows and not the whole set.
   */
  choose?: string;
  /** Value, in lower case, that asks for every row: there is nothing to filter. */
  every?: string;
  /** Changes the value before it is bound, e.g. into a LIKE pattern. */
  value?: (text: string) => string;
  /** Not in the metadata of 2021. */
  unlisted?: true;
}

export interface Condition {
  sql: string;
  values: Value[];
  /** `sql` is not a condition but a filter's `choose`. */
  chooses?: true;
}

/**
 * The condition that a query's filters make together.
 * @throws NotBuiltError for a filter that Mailjet has and Mockjet lacks; MailjetError 400 for a value that does not fit
 */
export function filterConditions(resource: Resource, query: Query): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, filter] of Object.entries(resource.filters)) {
    const text = query.get(name);
    if (text === undefined || text.toLowerCase() === filter.every) continue;
    if (filter.choose !== undefined) {
      conditions.push({ sql: filter.choose, values: [filterValue(filter, text)], chooses: true });
      continue;
    }
    if (filter.where === undefined)
      throw new NotBuiltError(`the filter ${name} of ${resource.name}`);
    if (filter.where !== '')
      conditions.push({ sql: filter.where, values: [filterValue(filter, text)] });
  }
  return conditions;
}

function filterValue(filter: Filter, text: string): Value {
  switch (filter.datatype) {
    case 'Int64':
      if (/^-?\d{1,19}$/.test(text) && isInt64(BigInt(text))) return BigInt(text);
      // assumed: Free Pascal's own words behind the prefix that GET errors have
      throw new MailjetError(400, `Unexpected error during GET: "${text}" is an invalid integer`);
    case 'TBooleanFilter':
    case 'Boolean':
      if (/^(true|1)$/i.test(text)) return 1n;
      if (/^(false|0)$/i.test(text)) return 0n;
      throw new MailjetError(400, `Unexpected error during GET: "${text}" is not a valid boolean.`);
    case 'TRFC3339DateTime': {
      const time = parseDateTime(text);
      if (time !== undefined) return time;
      // assumed, as for numbers
      throw new MailjetError(
        400,
        `Unexpected error during GET: "${text}" is not a valid date and time`,
      );
    }
    default:
      return filter.value === undefined ? text : filter.value(text);
  }
}
