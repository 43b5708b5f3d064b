import type { Account } from '../accounts/account.ts';
import { definitions, findDefinition, mostProperties } from '../contacts/properties.ts';
import { tooManyProperties } from '../lib/errors.ts';
import type { PropertyDatatype } from '../lib/property-value.ts';

/** What a column of a CSV file is for. */
export type Column =
  | { use: 'email' }
  | { use: 'property'; id: string; name: string; datatype: PropertyDatatype }
  | { use: 'none' };

/**
 * Finds out what each column is for; unknown ones become `str` properties (documented).
 * @param storesProperties false for methods that read addresses alone
 * @returns the columns, or the text with which the job fails (documented by the help centre)
 */
export function readColumns(
  account: Account,
  names: readonly string[],
  storesProperties: boolean,
): Column[] | { problem: string } {
  if (!names.some(isEmail)) return { problem: 'Email column not found' };
  const known = definitions(account);
  const columns: Column[] = [];
  const taken = new Set<string>();
  let hasEmail = false;
  for (const name of names.map((text) => text.trim())) {
    if (isEmail(name) && !hasEmail) {
      columns.push({ use: 'email' });
      hasEmail = true;
    } else if (!storesProperties || name === '' || isEmail(name) || taken.has(name.toLowerCase())) {
      columns.push({ use: 'none' }); // assumed: the first column of a name counts
    } else {
      taken.add(name.toLowerCase());
      const definition = findDefinition(known, name);
      columns.push({
        use: 'property',
        id: definition?.id ?? '',
        name,
        datatype: definition?.datatype ?? 'str',
      });
    }
  }
  const added = columns.filter((column) => column.use === 'property' && column.id === '');
  if (known.length + added.length + 1 > mostProperties) {
    return { problem: tooManyProperties(mostProperties).message };
  }
  return columns.map((column) =>
    column.use === 'property' && column.id === ''
      ? { ...column, id: addProperty(account, column.name) }
      : column,
  );
}

function isEmail(name: string): boolean {
  return name.trim().toLowerCase() === 'email';
}

function addProperty(account: Account, name: string): string {
  const { lastInsertRowid } = account
    .sql("INSERT INTO contactmetadata (Datatype, Name, NameSpace) VALUES ('str', ?, 'static')")
    .run(name);
  return String(lastInsertRowid);
}
