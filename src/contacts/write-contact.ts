import type { Account } from '../accounts/account.ts';
import type { Json } from '../lib/json.ts';
import { coerceProperty } from '../lib/property-value.ts';
import { addSubscribedContact, findContact, setExclusion } from './bulk.ts';
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
