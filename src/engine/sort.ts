import { cannotSort } from '../lib/errors.ts';
import type { Resource } from './resource.ts';

const mostTerms = 100;

/**
 * ORDER BY of a list: `Sort=Name`, `Sort=Name DESC`, `Sort=A,B DESC`; ascending ID without (recorded).
 * @param idColumn where the IDs are that drive the list
 * @throws MailjetError 400 for a term that can't be sorted on
 */
export function orderBy(resource: Resource, sort: string | undefined, idColumn = 'ID'): string {
  if (sort === undefined) return resource.newestFirst ? `${idColumn} DESC` : idColumn;
  const given = sort.split(',');
  // assumed: no report tells how many production takes; SQLite takes 2000
  if (given.length > mostTerms) throw cannotSort(given[mostTerms]?.trim() ?? '');
  const terms = given.map((term) => {
    const [, name, direction] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/i.exec(term) ?? [];
    const entry = resource.sorts.find((s) => s.property.toLowerCase() === name?.toLowerCase());
    if (entry === undefined) throw cannotSort(term.trim());
    const descending = direction?.toLowerCase() === 'desc';
    // metadata forbids ID DESC on some resources, yet clients use it and it works
    if (descending && !entry.descending && entry.property !== 'ID') throw cannotSort(term.trim());
    const column = entry.column ?? resource.columns.get(entry.property) ?? entry.property;
    return `${column === 'ID' ? idColumn : column}${descending ? ' DESC' : ''}`;
  });
  // what is behind the ID can't matter, and would have SQLite sort again
  const id = terms.findIndex((term) => term === idColumn || term === `${idColumn} DESC`);
  return (id < 0 ? [...terms, idColumn] : terms.slice(0, id + 1)).join(', ');
}
