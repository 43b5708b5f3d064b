import { type Definition, propertiesGiven } from '../../contacts/properties.ts';
import { type BulkWish, readPropertyChanges } from '../../contacts/write-contact.ts';
import { emailProblem } from '../../lib/email-address.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';

/**
 * Reads one contact of managemanycontacts, or says what is wrong with it. Only `property not defined` was ever seen;
 * the other texts are assumed.
 */
export function readItem(item: Json, known: readonly Definition[]): BulkWish | { fault: string } {
  if (!isJsonObject(item)) return { fault: 'Contact is not an object' };
  const fields = new Map<string, Json>();
  for (const name of Object.keys(item)) fields.set(name.toLowerCase(), item[name]);
  const email = fields.get('email');
  if (typeof email !== 'string' || email === '')
    return { fault: 'Email: a non-empty value is required' };
  const problem = emailProblem(email);
  if (problem !== undefined)
    return { fault: `Email: Invalid email address "${email}", reason: "${problem}"` };
  const properties = fields.get('properties');
  // reported for Name/Value pairs; an empty list, which PHP makes of an empty object, is none (assumed)
  if (Array.isArray(properties) && properties.length > 0)
    return { fault: 'Properties: property not defined' };
  const { changes, faults } = readPropertyChanges(known, propertiesGiven(properties));
  const [fault] = faults;
  if (fault !== undefined) {
    return {
      fault: `Properties: ${fault.name}: ${fault.reason.charAt(0).toLowerCase()}${fault.reason.slice(1)}`,
    };
  }
  const name = fields.get('name');
  const excluded = fields.get('isexcludedfromcampaigns');
  const isExcluded = excluded === undefined || excluded === null ? undefined : readTruth(excluded);
  if (isExcluded === 'neither') return { fault: 'IsExcludedFromCampaigns: not a boolean' };
  return {
    key: email.toLowerCase(),
    email,
    name: typeof name === 'string' ? name : undefined,
    isExcluded,
    changes,
  };
}

function readTruth(value: Json): boolean | 'neither' {
  const text = String(value).toLowerCase();
  return text === 'true' || text === '1'
    ? true
    : text === 'false' || text === '0'
      ? false
      : 'neither';
}
