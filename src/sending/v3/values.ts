import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { parseJson } from '../../lib/json-text.ts';
import type { Tracking } from '../../mail/draft.ts';
import { legacyError } from './legacy-error.ts';

/** A text; numbers and booleans are written out, lists and objects are none (assumed). */
export function asText(value: Json): string {
  if (typeof value === 'string') return value;
  return value === undefined || typeof value === 'object' ? '' : String(value);
}

/** A flag: `true`, `1`, and their texts in any case; `yes`, `y` and `deliver` as for the headers of SMTP (documented). */
export function asFlag(value: Json): boolean {
  return /^(true|1|yes|y|deliver)$/i.test(asText(value).slice(0, 10).trim());
}

/** A small whole number out of a number or its text; undefined for anything else. */
function asNumber(value: Json): number | undefined {
  const text = asText(value).slice(0, 10).trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** documented: 0 for the account's choice, 1 off, 2 on */
export function asTracking(value: Json): Tracking {
  const number = asNumber(value);
  return number === 1 ? 'disabled' : number === 2 ? 'enabled' : 'account_default';
}

/** Priority 0 to 3, 2 without (documented). */
export function asPriority(value: Json): number {
  const number = asNumber(value);
  return number !== undefined && number <= 3 ? number : 2;
}

/** A template: an ID out of an integer or its digits, else a name (documented; digits in a text are assumed to be an ID). */
export function asTemplate(value: Json): bigint | string | undefined {
  const text = asText(value).trim();
  if (text === '') return undefined;
  return /^\d{1,19}$/.test(text) ? BigInt(text) : text;
}

/**
 * A list or an object that a form had to write as JSON text (assumed); anything else as it is.
 * @throws LegacyError for a null in it
 */
export function unwrapped(value: Json): Json {
  if (typeof value !== 'string') return value;
  const read = readText(value);
  if (holdsNull(read)) throw legacyError('nullValue');
  return read;
}

function readText(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** @throws LegacyError for what is no object; PHP's empty list is one without members (assumed) */
export function asObject(value: Json, error: 'headersNotObject' | 'varsNotObject'): JsonObject {
  const object = unwrapped(value);
  if (object === undefined || object === '') return {};
  if (Array.isArray(object) && object.length === 0) return {};
  if (!isJsonObject(object)) throw legacyError(error);
  return object;
}

/** True when there is a null anywhere in a value. JSON is at most 500 deep, as it is read. */
export function holdsNull(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  return isJsonObject(value) && Object.keys(value).some((name) => holdsNull(value[name]));
}
