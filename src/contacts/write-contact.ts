import type { Account } from '../accounts/account.ts';
import type { Json } from '../lib/json.ts';
import { coerceProperty } from '../lib/property-value.ts';
import { addSubscribedContact, findContact, setExclusion } from './bulk.ts';
import { idsUpTo, knownContacts, marks } from './bulk-rows.ts';
import {
  applyChanges,
  type Definition,
  findDefinition,
  type PropertyChange,
  unsets,
} from './properties.ts';

/** A property that can't be set, and why (both texts documented for managecontact). */
export interface PropertyFault {
  name: string;
  reason: 'Property not defined' | 'Property type does not match definition';
}

/** Reads named values into changes; `faults` lists what does not fit. */
export function readPropertyChanges(
  known: readonly Definition[],
  given: readonly [string, Json][],
): { changes: PropertyChange[]; faults: PropertyFault[] } {
  const changes: PropertyChange[] = [];
  const faults: PropertyFault[] = [];
  for (const [name, value] of given) {
    const definition = findDefinition(known, name);
    if (definition === undefined) faults.push({ name, reason: 'Property not defined' });
    else if (unsets(value)) changes.push({ definition, stored: null });
    else {
      const result =
        typeof value === 'object' ? undefined : coerceProperty(definition.datatype, value);
      if (result === undefined || !('stored' in result))
        faults.push({ name, reason: 'Property type does not match definition' });
      else changes.push({ definition, stored: result.stored });
    }
  }
  return { changes, faults };
}

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
export function writeContact(
  account: Account,
  { email, name, isExcluded, changes }: ContactWish,
): bigint {
  const known = findContact(account, email);
  const id = known?.id ?? addSubscribedContact(account, email);
  if (changes.length > 0) {
    const stored = applyChanges(known?.properties ?? '{}', changes);
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
  return id;
}

/** The same for some contacts, no address twice, the new ones in one statement; returns their IDs in the order given. */
export function writeContacts(account: Account, wishes: readonly ContactWish[]): bigint[] {
  if (wishes.length === 0) return [];
  const known = knownContacts(account, wishes);
  const added = wishes.filter(({ email }) => !known.has(email.toLowerCase()));
  const ids = new Map(addContacts(account, added).map((id, i) => [added[i], id]));
  return wishes.map((wish) => ids.get(wish) ?? writeContact(account, wish));
}

function addContacts(account: Account, wishes: readonly ContactWish[]): bigint[] {
  if (wishes.length === 0) return [];
  const now = account.time();
  const values: (string | number)[] = [];
  for (const { email, name = '', isExcluded = false, changes } of wishes) {
    const properties = changes.length === 0 ? '{}' : applyChanges('{}', changes);
    values.push(email, name, now, now, now, isExcluded ? 1 : 0, isExcluded ? now : '', properties);
  }
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO contact (Email, Name, CreatedAt, LastActivityAt, LastUpdateAt, IsExcludedFromCampaigns,
       ExclusionFromCampaignsUpdatedAt, properties) VALUES ${marks(wishes.length, '(?, ?, ?, ?, ?, ?, ?, ?)')}`,
    )
    .run(values);
  return idsUpTo(lastInsertRowid, wishes.length);
}
