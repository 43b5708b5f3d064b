import type { Account } from '../accounts/account.ts';
import type { Json } from '../lib/json.ts';
import { coerceProperty, lengthProblem } from '../lib/property-value.ts';
import { findContact, setExclusion } from './bulk.ts';
import { type Addressed, idsUpTo, knownContacts, marks } from './bulk-rows.ts';
import {
  applyChanges,
  type Definition,
  findDefinition,
  firstProperties,
  type PropertyChange,
  unsets,
} from './properties.ts';

/** A property that can't be set, and why (the first two documented for managecontact, the length by the message table). */
export interface PropertyFault {
  name: string;
  reason: string;
}

/** Reads named values into changes, one for each property; `faults` lists what does not fit. */
export function readPropertyChanges(
  known: readonly Definition[],
  given: readonly [string, Json][],
): { changes: PropertyChange[]; faults: PropertyFault[] } {
  const changes: PropertyChange[] = [];
  const faults: PropertyFault[] = [];
  for (const [name, value] of given) {
    const definition = findDefinition(known, name);
    if (definition === undefined) {
      faults.push({ name, reason: 'Property not defined' });
      continue;
    }
    const stored = storedValue(definition, value);
    if (typeof stored === 'object' && stored !== null) faults.push({ name, ...stored });
    else {
      // a body may name a property in two spellings: the later counts
      const before = changes.find((change) => change.definition === definition);
      if (before === undefined) changes.push({ definition, stored });
      else before.stored = stored;
    }
  }
  return { changes, faults };
}

/** The text to store, null to unset the property, or why it can't be set. */
function storedValue({ datatype }: Definition, value: Json): string | null | { reason: string } {
  if (unsets(value)) return null;
  if (typeof value === 'object') return mismatch;
  const result = coerceProperty(datatype, value);
  if ('stored' in result) return result.stored;
  return result.code === 'CM06' ? { reason: lengthProblem(value) } : mismatch;
}

const mismatch = { reason: 'Property type does not match definition' };

/** What an action or a bulk call says of one contact; what is undefined stays as it is. */
export interface ContactWish {
  email: string;
  name?: string | undefined;
  isExcluded?: boolean | undefined;
  changes: readonly PropertyChange[];
}

/**
 * Makes the contact of an address or changes the one there is; returns its ID. Runs inside a transaction.
 * recorded: values leave LastUpdateAt alone; that a new name moves it is assumed.
 */
export function writeContact(account: Account, wish: ContactWish): bigint {
  const known = findContact(account, wish.email);
  if (known === undefined) return addContacts(account, [wish])[0] ?? 0n; // one for one
  changeContact(account, known.id, known.properties, wish);
  return known.id;
}

function changeContact(
  account: Account,
  id: bigint,
  properties: string,
  { name, isExcluded, changes }: ContactWish,
): void {
  if (changes.length > 0) {
    const stored = applyChanges(properties, changes);
    account
      .sql('UPDATE contact SET properties = ? WHERE ID = ? AND properties <> ?')
      .run(stored, id, stored);
  }
  if (name !== undefined && name !== '') {
    account
      .sql('UPDATE contact SET Name = ?, LastUpdateAt = ? WHERE ID = ? AND Name <> ?')
      .run(name, account.time(), id, name);
  }
  if (isExcluded !== undefined) setExclusion(account, id, isExcluded);
}

/** A wish of a bulk call. */
export type BulkWish = ContactWish & Addressed;

/** The same for some contacts, no address twice, the new ones in one statement; returns their IDs in the order given. */
export function writeContacts(account: Account, wishes: readonly BulkWish[]): bigint[] {
  const known = knownContacts(account, wishes);
  const stored = wishes.map(({ key }) => known.get(key));
  const added = addContacts(
    account,
    wishes.filter((_, i) => stored[i] === undefined),
  ).values();
  return wishes.map((wish, i) => {
    const contact = stored[i];
    if (contact === undefined) return added.next().value ?? 0n; // one for each that was not stored
    changeContact(account, contact.ID, contact.properties, wish);
    return contact.ID;
  });
}

function addContacts(account: Account, wishes: readonly ContactWish[]): bigint[] {
  if (wishes.length === 0) return [];
  const now = account.time();
  const values: (string | number)[] = [];
  for (const { email, name = '', isExcluded = false, changes } of wishes)
    values.push(email, name, isExcluded ? 1 : 0, isExcluded ? now : '', firstProperties(changes));
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO contact (Email, Name, CreatedAt, LastActivityAt, LastUpdateAt, IsExcludedFromCampaigns,
       ExclusionFromCampaignsUpdatedAt, properties) VALUES ${marks(wishes.length, '(?, ?, @now, @now, @now, ?, ?, ?)')}`,
    )
    .run(values, { now });
  return idsUpTo(lastInsertRowid, wishes.length);
}
