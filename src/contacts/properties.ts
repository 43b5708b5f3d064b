import type { Account } from '../accounts/account.ts';
import { tooManyProperties } from '../lib/errors.ts';
import { isJsonObject, type Json, readStoredObject } from '../lib/json.ts';
import type { PropertyDatatype } from '../lib/property-value.ts';

/** A contact property, as contactmetadata defines it. */
export interface Definition {
  id: string;
  name: string;
  datatype: PropertyDatatype;
}

/** The properties of an account in one of Mailjet's two namespaces, ascending ID. */
export function definitions(
  account: Account,
  namespace: 'static' | 'historic' = 'static',
): Definition[] {
  const { statement } = account.raw(
    // the plus keeps SQLite from the index, behind which it would sort
    // collections are texts, and so is what a file says that we did not write
    `SELECT ID, Name, iif(Datatype IN ('int', 'float', 'bool', 'datetime'), Datatype, 'str')
     FROM contactmetadata WHERE +NameSpace = ? ORDER BY ID`,
  );
  const rows = statement.all(namespace) as [bigint, string, PropertyDatatype][]; // the three columns selected
  return rows.map(([id, name, datatype]) => ({ id: String(id), name, datatype }));
}

/** documented: the e-mail address counts as one of them */
export const mostProperties = 200;

/** The error of an account that can have no more properties. */
export function lackOfRoom(account: Account): Error | undefined {
  const isFull = definitions(account).length + 1 >= mostProperties;
  return isFull ? tooManyProperties(mostProperties) : undefined;
}

/**
 * A property's name as it is stored: lower case (reported for POST contactmetadata, and every name in recordings is so;
 * assumed for the columns of a CSV, and beyond ASCII).
 */
export function storedName(name: string): string {
  return name.toLowerCase();
}

/** Definitions by the names that they are stored under: a body may name one a million times. */
const byName = new WeakMap<readonly Definition[], ReadonlyMap<string, Definition>>();

/** A definition by a name in any case (an official client sends `Name` for `name`). */
export function findDefinition(known: readonly Definition[], name: string): Definition | undefined {
  const names = byName.get(known) ?? namesOf(known);
  return names.get(storedName(name));
}

function namesOf(known: readonly Definition[]): ReadonlyMap<string, Definition> {
  const names = new Map<string, Definition>();
  for (const definition of known) {
    const stored = storedName(definition.name);
    // accounts of Mockjets that kept the case may have a name in two: that in lower case counts
    if (!names.has(stored) || definition.name === stored) names.set(stored, definition);
  }
  byName.set(known, names);
  return names;
}

/** Named values of a contact, in the order of the definitions (recorded), those without a value left out. */
export function namedValues(
  known: readonly Definition[],
  stored: unknown,
): { Name: string; Value: string }[] {
  const values = readStoredObject(stored);
  return known.flatMap(({ id, name }) => {
    const Value = values[id];
    return typeof Value === 'string' ? [{ Name: name, Value }] : [];
  });
}

/** A change to property values: text to store, null to unset. */
export type PropertyChange = { definition: Definition; stored: string | null };

/** True for what unsets a property: no value, or null (recorded for the first, documented for the second). */
export function unsets(value: Json): value is null | undefined {
  return value === null || value === undefined;
}

/** Applies changes to stored values; returns the column's new text. */
export function applyChanges(stored: unknown, changes: readonly PropertyChange[]): string {
  const values = readStoredObject(stored);
  for (const { definition, stored: value } of changes) {
    if (value === null) delete values[definition.id];
    else values[definition.id] = value;
  }
  return JSON.stringify(values);
}

/** The column's text for a new contact, none of its properties twice: a third of the time of `applyChanges`. */
export function firstProperties(changes: readonly PropertyChange[]): string {
  let text = '';
  for (const { definition, stored } of changes)
    if (stored !== null)
      text += `${text === '' ? '' : ','}"${definition.id}":${JSON.stringify(stored)}`;
  return `{${text}}`;
}

/** True where `Properties` of an action is an object; a string, [] or null is taken and nothing is stored (reported). */
export function propertiesGiven(value: Json): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}
