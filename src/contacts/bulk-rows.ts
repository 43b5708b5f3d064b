import type { Account } from '../accounts/account.ts';
import { membershipRows, type SubscriptionAction } from './subscribe.ts';

/** A contact of a bulk call: its address, and its values as JSON by property ID. */
export interface BulkRow {
  email: string;
  properties: string;
}

/** Rows of one statement: more gains little, and what a slice of work takes between two looks at the clock grows. */
export const rowsAtOnce = 25;

/**
 * Adds or changes contacts and subscribes them, `rowsAtOnce` at most, no address twice. Runs inside a transaction.
 * Statements of many rows are about twice as fast as as many statements (bench/import.mjs).
 */
export function writeRows(
  account: Account,
  rows: readonly BulkRow[],
  listId: bigint,
  action: SubscriptionAction,
): void {
  const known = knownContacts(account, rows);
  const added = rows.filter(({ email }) => !known.has(email.toLowerCase()));
  const ids = addContacts(account, added);
  for (const row of rows) {
    const contact = known.get(row.email.toLowerCase());
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

function knownContacts(account: Account, rows: readonly BulkRow[]): Map<string, Known> {
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
  for (const { email, properties } of rows) values.push(email, now, now, now, properties);
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO contact (Email, CreatedAt, LastActivityAt, LastUpdateAt, properties) VALUES ${marks(rows.length, '(?, ?, ?, ?, ?)')}`,
    )
    .run(values);
  const first = BigInt(lastInsertRowid) - BigInt(rows.length - 1);
  return rows.map((_, i) => first + BigInt(i));
}

/** Values with others added; recorded: the others of a contact stay. */
function mergedProperties(stored: string, given: string): string {
  if (given === '{}' || given === stored) return stored;
  return JSON.stringify({ ...JSON.parse(stored), ...JSON.parse(given) });
}

function marks(count: number, mark: string): string {
  return Array(count).fill(mark).join(', ');
}
