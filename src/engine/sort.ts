import { cannotSort } from '../lib/errors.ts';
import { columnOf } from './declare.ts';
import type { Resource } from './resource.ts';

/**
 * ORDER BY of a list: `Sort=Name`, `Sort=Name DESC`, `Sort=A,B DESC`; ascending ID without (recorded).
 * @throws MailjetError 400 for a term that can't be sorted on
 */
export function orderBy(resource: Resource, sort: string | undefined): string {
  if (sort === undefined) return 'ID';
  const terms = sort.split(',').map((term) => {
    const [, name, direction] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/i.exec(term) ?? [];
    const entry = resource.sorts.find((s) => s.property.toLowerCase() === name?.toLowerCase());
    if (entry === undefined) throw cannotSort(term.trim());
    const descending = direction?.toLowerCase() === 'desc';
    // metadata forbids ID DESC on some resources, yet clients use it and it works
    if (descending && !entry.descending && entry.property !== 'ID') throw cannotSort(term.trim());
    return `${entry.column ?? columnOf(resource, entry.property)}${descending ? ' DESC' : ''}`;
  });
  return [...terms, 'ID'].filter((term, i, all) => all.indexOf(term) === i).join(', ');
}
