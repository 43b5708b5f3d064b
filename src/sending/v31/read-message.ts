import { fitsBits } from '../../lib/int64.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Warning } from '../../mail/draft.ts';
import { isBase64 } from './base64.ts';
import { type KnownNames, knownNames, matchNames } from './match-names.ts';
import { nullPaths } from './null-paths.ts';
import { globalProperties, type SendProperty, sendProperties } from './properties.ts';
import { type SendError, sendError } from './send-errors.ts';

/**
 * A message, or Globals, whose types are right.
 * @property fields by Mailjet's names; unknown ones are left out
 * @property nulls paths of the nulls in it
 */
export interface ReadMessage {
  fields: JsonObject;
  nulls: string[];
  warnings: Warning[];
}

/** Takes the first fault of type in the order of the text: it fails the whole call (recorded). */
export interface Fault {
  error: SendError | undefined;
}

/** Items of a list that are looked at: a call with so many is refused for their number, whatever they are. */
export const mostRead = 1000;

/** What is read at the moment: where faults, nulls and warnings go, and the path that a fault names. */
interface Reading {
  fault: Fault;
  root: string;
  nulls: string[];
  warnings: Warning[];
}

const propertyOf = new Map(sendProperties.map((property) => [property.name, property]));
export const messageNames = knownNames(
  sendProperties.map(({ name }) => name),
  'a message',
);
const globalNames = knownNames(
  globalProperties.map(({ name }) => name),
  'Globals',
);
/** The members of a mailbox and of attachments, by the property that holds them. */
const memberNames = new Map<string, KnownNames>(
  sendProperties.map(({ name, members = [] }) => [
    name,
    knownNames(
      members.map((member) => member.name),
      `"${name}"`,
    ),
  ]),
);

/**
 * Reads one item of Messages, or Globals: matches names, checks types, notes nulls.
 * @param root the path that type errors begin with, `Messages` or `Globals`: they tell no index (recorded)
 */
export function readMessage(
  value: JsonObject,
  root: 'Messages' | 'Globals',
  fault: Fault,
): ReadMessage {
  const reading: Reading = { fault, root, nulls: [], warnings: [] };
  const names = root === 'Globals' ? globalNames : messageNames;
  const fields = matchNames(value, names, reading.warnings);
  for (const name of Object.keys(fields)) {
    const property = propertyOf.get(name);
    if (property !== undefined) fields[name] = readProperty(fields[name], property, reading);
  }
  return { fields, nulls: reading.nulls, warnings: reading.warnings };
}

function readProperty(value: Json, property: SendProperty, reading: Reading): Json {
  const { name, kind } = property;
  if (value === null) {
    nullPaths(value, name, reading.nulls);
    return value;
  }
  switch (kind) {
    case 'string':
    case 'boolean':
      return typeof value === kind ? value : mismatch(property, reading);
    case 'integer':
      return isInteger(value) ? value : mismatch(property, reading);
    case 'mailbox':
      return readItem(value, property, name, reading);
    case 'mailboxes':
    case 'attachments':
      if (!Array.isArray(value)) return mismatch(property, reading);
      return value.map((item, index) =>
        index < mostRead ? readItem(item, property, `${name}[${index}]`, reading) : item,
      );
    case 'headers':
      return readHeaders(value, property, reading);
    case 'variables':
      if (!isJsonObject(value)) return mismatch(property, reading);
      nullPaths(value, name, reading.nulls);
      return value;
  }
}

/** A mailbox or an attachment: an object of texts. */
function readItem(value: Json, property: SendProperty, path: string, reading: Reading): Json {
  if (value === null) {
    nullPaths(value, path, reading.nulls);
    return value;
  }
  const names = memberNames.get(property.name);
  if (!isJsonObject(value) || names === undefined)
    return mismatch(property, reading, property.kind === 'mailboxes' ? 'emailIn' : undefined);
  const item = matchNames(value, names, reading.warnings);
  for (const name of Object.keys(item)) {
    const member = item[name];
    if (member === null) nullPaths(member, `${path}.${name}`, reading.nulls);
    else if (typeof member !== 'string') mismatch(property, reading, 'string', `.${name}`);
    else if (name === 'Base64Content' && !isBase64(member))
      // assumed: Go decodes base64 while it reads the JSON, and has no type to name
      reading.fault.error ??= sendError('mj-0002');
  }
  return item;
}

function readHeaders(value: Json, property: SendProperty, reading: Reading): Json {
  if (!isJsonObject(value)) return mismatch(property, reading);
  for (const name of Object.keys(value)) {
    const header = value[name];
    if (header === null) nullPaths(header, headerPath(name), reading.nulls);
    else if (typeof header !== 'string') mismatch(property, reading, 'string');
  }
  return value;
}

/** recorded: a header's path keeps the caller's spelling */
export const headerPath = (name: string): string => `Headers["${name}"]`;

function mismatch(
  { name, typeName }: SendProperty,
  { fault, root }: Reading,
  expected = typeName,
  member = '',
): undefined {
  fault.error ??= sendError('mj-0004', [`${root}.${name}${member}`], expected);
}

function isInteger(value: Json): boolean {
  return typeof value === 'bigint' ? fitsBits(value, 64) : Number.isInteger(value);
}
