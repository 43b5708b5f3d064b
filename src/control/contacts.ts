import type { Account } from '../accounts/account.ts';
import { readableContacts } from '../contacts/anonymize.ts';
import { type Definition, definitions } from '../contacts/properties.ts';
import { readStoredObject } from '../lib/json.ts';

/** A contact's value of a property, by the property's datatype. */
type Value = string | number | boolean;

interface ContactRow {
  id: bigint;
  email: string;
  name: string;
  createdAt: string;
  isExcluded: bigint;
  properties: string;
}

/** Which contacts are wanted; every given part must hold. */
export interface ContactsQuery {
  /** Occurs in the address, in any case. */
  email?: string | undefined;
  /** Name of a list that they are on, unsubscribed ones too. */
  list?: string | undefined;
}

const columns =
  'ID AS id, Email AS email, Name AS name, CreatedAt AS createdAt, IsExcludedFromCampaigns AS isExcluded, properties';

/** The contact of an address, in any case; undefined for none. */
export function readContact(account: Account, email: string) {
  const row = account
    .sql(`SELECT ${columns} FROM contact WHERE Email = ? AND (${readableContacts.where})`)
    .get(email, ...readableContacts.values(account)) as ContactRow | undefined; // the columns selected
  return row === undefined ? undefined : shownContact(account, row, definitions(account));
}

/** Contacts in the order of their IDs, `limit` at most of those whose ID is greater than `after`. */
export function findContacts(
  account: Account,
  { email, list }: ContactsQuery,
  { limit, after }: { limit: number; after: bigint },
) {
  const onList = `ID IN (SELECT r.ContactID FROM listrecipient AS r JOIN contactslist AS l ON l.ID = r.ListID
    WHERE l.Name = ? AND l.IsDeleted = 0)`;
  const rows = account
    .sql(
      `SELECT ${columns} FROM contact WHERE ID > ? AND (${readableContacts.where})
       ${email === undefined ? '' : 'AND instr(lower(Email), lower(?)) > 0'} ${list === undefined ? '' : `AND ${onList}`}
       ORDER BY ID LIMIT ? + 0`,
    )
    .all(
      after,
      ...readableContacts.values(account),
      ...[email, list].filter((value) => value !== undefined),
      limit,
    ) as ContactRow[]; // the columns selected
  const known = definitions(account);
  return rows.map((row) => shownContact(account, row, known));
}

function shownContact(account: Account, row: ContactRow, known: readonly Definition[]) {
  const { isExcluded, properties, ...contact } = row;
  const lists = account
    .sql(
      `SELECT l.ID AS id, l.Name AS name, r.IsUnsubscribed AS isUnsubscribed FROM listrecipient AS r
       JOIN contactslist AS l ON l.ID = r.ListID WHERE r.ContactID = ? AND l.IsDeleted = 0 ORDER BY l.ID LIMIT 1000`,
    )
    .all(row.id) as { id: bigint; name: string; isUnsubscribed: bigint }[]; // the columns selected
  return {
    ...contact,
    isExcludedFromCampaigns: isExcluded === 1n,
    properties: valuesOf(properties, known),
    lists: lists.map((list) => ({ ...list, isUnsubscribed: list.isUnsubscribed === 1n })),
  };
}

/** The values that are set, by the names of the properties. */
function valuesOf(stored: string, known: readonly Definition[]): Record<string, Value> {
  const values = readStoredObject(stored);
  return Object.fromEntries(
    known.flatMap(({ id, name, datatype }): [string, Value][] => {
      const text = values[id];
      return typeof text === 'string' ? [[name, typed(text, datatype)]] : [];
    }),
  );
}

function typed(text: string, datatype: Definition['datatype']): Value {
  if (datatype === 'bool') return text === 'true';
  const number = Number(text);
  // what a number would round stays text
  const isNumber = datatype === 'float' || (datatype === 'int' && Number.isSafeInteger(number));
  return isNumber ? number : text;
}
