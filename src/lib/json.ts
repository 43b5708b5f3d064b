/** A JSON value as it travels through Mockjet: integers beyond 2^53 are `bigint`, so that no ID is rounded. */
export type Json = string | number | bigint | boolean | null | undefined | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** True for a JSON object: neither null, nor an array, nor a scalar. */
export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a column holds as JSON text; undefined where it holds something else, as a file of a stranger's may. */
export function readStored(text: unknown): Json {
  try {
    return JSON.parse(String(text)) as Json; // JSON.parse gives nothing but JSON
  } catch {
    return undefined;
  }
}

/** The same for a column that holds an object. */
export function readStoredObject(text: unknown): JsonObject {
  const value = readStored(text);
  return isJsonObject(value) ? value : {};
}

/** How JSON text is spaced and quoted. */
export interface JsonStyle {
  open: string;
  close: string;
  comma: string;
  /** A member's name with its colon. */
  name(key: string): string;
  quote(text: string): string;
}

/** As JSON.stringify and the new back end (Go) write it. */
const compact: JsonStyle = {
  open: '{',
  close: '}',
  comma: ',',
  name: (key) => `${JSON.stringify(key)}:`,
  quote: (text) => JSON.stringify(text),
};

/** Spaced as the old back end spaces, its texts as JSON.stringify writes them. */
export const spaced: JsonStyle = {
  open: '{ ',
  close: ' }',
  comma: ', ',
  name: (key) => `${JSON.stringify(key)} : `,
  quote: (text) => JSON.stringify(text),
};

/** JSON text in which no integer is rounded, keys in the order given; what is undefined is left out, in an array null. */
export function writeJson(value: unknown, style: JsonStyle = compact): string {
  switch (typeof value) {
    case 'string':
      return style.quote(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'object':
      return value === null ? 'null' : writeObject(value, style);
    default:
      return 'null';
  }
}

function writeObject(value: object, style: JsonStyle): string {
  // put together without lists of parts: half of the time
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += (text === '' ? '' : style.comma) + writeJson(item, style);
    return `[${text}]`;
  }
  const members = value as Record<string, unknown>; // no array has passed
  for (const key in members) {
    const member = members[key];
    if (member !== undefined)
      text += (text === '' ? style.open : style.comma) + style.name(key) + writeJson(member, style);
  }
  return text === '' ? '{}' : text + style.close;
}
