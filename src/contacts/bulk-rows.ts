import type { Account } from '../accounts/account.ts';
import { readStoredObject } from '../lib/json.ts';
import { membershipRows, type SubscriptionAction } from './subscribe.ts';

/** A contact of a bulk call. */
export interface Addressed {
  email: string;
  /** The address in lower case: what makes it the same as another. */
  key: string;
}

/** A contact of an import: its values are JSON by property ID. */
export interface BulkRow extends Addressed {
  properties: string;
}

/** Rows of one statement: more gains little, and what a slice of work takes between two looks at the clock grows. */
export const rowsAtOnce = 50;

/**
 * Adds or changes contacts and subscribes them, `rowsAtOnce` at most, no address twice. Runs inside a transaction.
 * Statements of many rows are about twice as fast as as many statements, and what is the same for all rows is bound
 * once by its name, which saves another third (docs/performance.md).
 */
export function writeRows(
  account: Account,
  rows: readonly BulkRow[],
  listId: bigint,
  action: SubscriptionAction,
): void {
  const known = knownContacts(account, rows);
  const added = rows.filter(({ key }) => !known.has(key));
  const ids = addContacts(account, added);
  for (const row of rows) {
    const contact = known.get(row.key);
    if (contact === undefined) continue;
    ids.push(contact.ID);
    const merged = mergedProperties(contact.properties, row.properties);
    if (merged !== contact.properties)
      account.sql('UPDATE contact SET properties = ? WHERE ID = ?').run(merged, contact.ID);
  }
  membershipRows(account, ids, listId, action);
}

interface Known {
  ID: bigint;
  Email: string;
  properties: string;
}

/** Those that there are, by their keys. */
export function knownContacts(account: Account, rows: readonly Addressed[]): Map<string, Known> {
  const found = account
    .sql(`SELECT ID, Email, properties FROM contact WHERE Email IN (${marks(rows.length, '?')})`)
    .all(...rows.map(({ email }) => email)) as Known[]; // the three columns selected
  return new Map(found.map((contact) => [contact.Email.toLowerCase(), contact]));
}

/** Adds contacts as a subscription does, and tells their IDs: those of one statement follow each other. */
function addContacts(account: Account, rows: readonly BulkRow[]): bigint[] {
  if (rows.length === 0) return [];
  const now = account.time();
  const values: string[] = [];
  for (const { email, properties } of rows) values.push(email, properties);
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO contact (Email, CreatedAt, LastActivityAt, LastUpdateAt, properties) VALUES ${marks(rows.length, '(?, @now, @now, @now, ?)')}`,
    )
    .run(values, { now });
  return idsUpTo(lastInsertRowid, rows.length);
}

/** IDs that one statement gave to `count` rows: they follow each other up to the last. */
export function idsUpTo(last: number | bigint, count: number): bigint[] {
  const first = BigInt(last) - BigInt(count - 1);
  return Array.from({ length: count }, (_, i) => first + BigInt(i));
}

/** Values with others added; recorded: the others of a contact stay. */
function mergedProperties(stored: string, given: string): string {
  if (given === '{}' || given === stored) return stored;
  return JSON.stringify({ ...readStoredObject(stored), ...readStoredObject(given) });
}

/** `count` times the same place in a statement. */
export function marks(count: number, mark: string): string {
  return Array(count).fill(mark).join(', ');
}
