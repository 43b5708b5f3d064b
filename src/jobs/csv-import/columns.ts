import type { Account } from '../../accounts/account.ts';
import {
  definitions,
  findDefinition,
  mostProperties,
  storedName,
} from '../../contacts/properties.ts';
import { tooManyProperties } from '../../lib/errors.ts';
import type { PropertyDatatype } from '../../lib/property-value.ts';

/** A column that is read, and what for; `at` is its place in a record, from 0. */
export type Column =
  | { at: number; use: 'email' }
  | { at: number; use: 'property'; id: string; name: string; datatype: PropertyDatatype };

/** A file may have a million columns, and this is read again with every slice: it tells of no more than are used. */
export interface Columns {
  /** How many fields a record has. */
  width: number;
  /** In the order of the file. */
  used: readonly Column[];
}

/**
 * Finds out what each column is for; unknown ones become `str` properties (documented).
 * @param storesProperties false for methods that read addresses alone
 * @returns the columns, or the text with which the job fails (documented by the help centre)
 */
export function readColumns(
  account: Account,
  names: readonly string[],
  storesProperties: boolean,
): Columns | { problem: string } {
  const email = names.findIndex(isEmail);
  if (email < 0) return { problem: 'Email column not found' };
  const width = names.length;
  if (!storesProperties) return { width, used: [{ at: email, use: 'email' }] };
  const known = definitions(account);
  const room = mostProperties - 1 - known.length;
  const used: Column[] = [];
  const taken = new Set<string>();
  let added = 0;
  for (const [at, text] of names.entries()) {
    const name = text.trim();
    const key = name.toLowerCase();
    if (at === email) used.push({ at, use: 'email' });
    // assumed: the first column of a name counts
    else if (name !== '' && key !== 'email' && !taken.has(key)) {
      taken.add(key);
      const { id = '', datatype = 'str' } = findDefinition(known, name) ?? {};
      used.push({ at, use: 'property', id, name, datatype });
      if (id === '') added += 1;
      if (added > room) break;
    }
  }
  if (added > room) return { problem: tooManyProperties(mostProperties).message };
  return {
    width,
    used: used.map((column) =>
      column.use === 'property' && column.id === ''
        ? { ...column, id: addProperty(account, column.name) }
        : column,
    ),
  };
}

function isEmail(name: string): boolean {
  return name.trim().toLowerCase() === 'email';
}

function addProperty(account: Account, name: string): string {
  const { lastInsertRowid } = account
    .sql("INSERT INTO contactmetadata (Datatype, Name, NameSpace) VALUES ('str', ?, 'static')")
    .run(storedName(name));
  return String(lastInsertRowid);
}
