import type { Account } from '../accounts/account.ts';
import { filterNeeds, NotBuiltError } from '../lib/errors.ts';
import { type FilterType, filterTypes } from './filter-types.ts';
import type { Query } from './query.ts';
import type { Resource } from './resource.ts';
import type { Value } from './row.ts';

/** A filter of a resource: metadata's type, and one of the ways in which it works. */
export interface Filter {
  datatype: FilterType;
  /** SQL with one `?` for the value. */
  where?: string;
  /**
   * SELECT with one `?` that gives the IDs that fit as `chosenID`, each once, out of an index that holds them in order.
   * The list is driven by it, so that a page costs its rows and not the whole set.
   */
  choose?: string;
  /** A parameter that another part of the resource reads. */
  readElsewhere?: true;
  /** Mailjet has it and Mockjet lacks it: 501. */
  notBuilt?: true;
  /** Other filters that must be given too. */
  needs?: readonly string[];
  /** Value, in lower case, that asks for every row: there is nothing to filter. */
  every?: string;
  /** Changes a text before it is bound, e.g. into a LIKE pattern. */
  value?: (text: string, account: Account) => string;
  /** Not in the metadata of 2021. */
  unlisted?: true;
}

export interface Condition {
  sql: string;
  values: readonly Value[];
  /** `sql` is not a condition but a filter's `choose`. */
  chooses?: true;
}

/**
 * The condition that a query's filters make together.
 * @throws NotBuiltError for a filter that Mailjet has and Mockjet lacks; MailjetError 400 for a value that does not fit
 */
export function filterConditions(account: Account, resource: Resource, query: Query): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, filter] of resource.filterList) {
    const text = query.get(name);
    if (text === undefined || text.toLowerCase() === filter.every) continue;
    if (filter.notBuilt) throw new NotBuiltError(`the filter ${name} of ${resource.name}`);
    const missing = filter.needs?.find((other) => query.get(other) === undefined);
    if (missing !== undefined) throw filterNeeds(name, missing);
    if (filter.choose !== undefined)
      conditions.push({
        sql: filter.choose,
        values: [filterValue(filter, text, account)],
        chooses: true,
      });
    else if (filter.where !== undefined)
      conditions.push({ sql: filter.where, values: [filterValue(filter, text, account)] });
  }
  return conditions;
}

function filterValue({ datatype, value }: Filter, text: string, account: Account): Value {
  const read = filterTypes[datatype](text);
  return value !== undefined && typeof read === 'string' ? value(read, account) : read;
}
