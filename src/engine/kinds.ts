import { parseDateTime } from '../lib/datetime-format.ts';
import { invalidJson, notAClassProperty, typeMismatch } from '../lib/errors.ts';
import { fitsBits } from '../lib/int64.ts';
import { type Json, writeJson } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import type { Value } from './row.ts';

/** What a property holds. */
export type Kind =
  | 'string'
  | 'email'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'boolean'
  | 'datetime'
  | 'reference'
  | 'double'
  | 'currency'
  | 'json';

type Scalar = string | number | bigint | boolean;

interface KindRules {
  /** Metadata's DataType. */
  datatype: string;
  /** Pascal's type kind, as the binder's error names it. */
  typeKind: string;
  /** JSON type that the new back end wants. */
  strict: 'string' | 'integer' | 'number' | 'boolean' | 'any';
  empty: string | bigint | number;
  read(value: Scalar): Value;
  /** Takes an object or an array; without, the binder refuses them. */
  readObject?(value: Json): Value;
  /** Makes the wire's value of a column. */
  decode(stored: Value): Json;
}

const asIs = (stored: Value): Json => stored as Json; // columns of these kinds hold text or numbers only

function integer(bits: number) {
  return (value: Scalar): bigint => {
    const text = String(value).trim();
    const number = /^[+-]?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
    // assumed: Free Pascal's own words
    if (number === undefined || !fitsBits(number, bits))
      throw invalidJson(`"${value}" is an invalid integer`);
    return number;
  };
}

/** @param decimals that are kept: Currency is a whole number of ten-thousandths */
function real(decimals?: number) {
  return (value: Scalar): number => {
    const text = String(value).trim();
    const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)
      ? Number(text)
      : Number.NaN;
    // assumed: Free Pascal's own words
    if (!Number.isFinite(number)) throw invalidJson(`"${value}" is an invalid float`);
    return decimals === undefined ? number : Number(number.toFixed(decimals));
  };
}

function truth(value: Scalar): bigint {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return 1n;
  if (text === 'false' || text === '0' || text === '') return 0n;
  // assumed: Free Pascal's own words
  throw invalidJson(`"${value}" is not a valid boolean.`);
}

function moment(value: Scalar): string {
  if (value === '') return '';
  const time = parseDateTime(String(value));
  // assumed: Free Pascal's own words
  if (time === undefined) throw invalidJson(`"${value}" is not a valid date and time`);
  return time;
}

const text = {
  strict: 'string' as const,
  empty: '',
  read: (value: Scalar): Value => String(value),
  decode: asIs,
};
const whole = (bits: number) => ({
  strict: 'integer' as const,
  empty: 0n,
  read: integer(bits),
  decode: asIs,
});
const fraction = (decimals?: number) => ({
  strict: 'number' as const,
  empty: 0,
  read: real(decimals),
  decode: asIs,
});

export const kinds: Record<Kind, KindRules> = {
  string: { datatype: 'AnsiString', typeKind: 'tkAString', ...text },
  email: { datatype: 'TEmail', typeKind: 'tkAString', ...text },
  int64: { datatype: 'Int64', typeKind: 'tkInt64', ...whole(64) },
  int32: { datatype: 'LongInt', typeKind: 'tkInteger', ...whole(32) },
  int16: { datatype: 'SmallInt', typeKind: 'tkInteger', ...whole(16) },
  boolean: {
    datatype: 'Boolean',
    typeKind: 'tkBool',
    strict: 'boolean',
    empty: 0n,
    read: truth,
    decode: (stored) => Boolean(stored),
  },
  datetime: { datatype: 'TRFC3339DateTime', typeKind: 'tkFloat', ...text, read: moment },
  reference: { datatype: 'Int64', typeKind: 'tkInt64', ...whole(64) },
  // recorded: a score of nothing is written 0
  double: { datatype: 'Double', typeKind: 'tkFloat', ...fraction() },
  currency: { datatype: 'Currency', typeKind: 'tkFloat', ...fraction(4) },
  json: {
    datatype: 'TJSONObject',
    typeKind: 'tkClass',
    strict: 'any',
    empty: '',
    read: writeJson,
    readObject: writeJson,
    decode: (stored) => (typeof stored === 'string' && stored !== '' ? parseJson(stored) : null),
  },
};

/** Makes the wire's value of what a column holds. */
export function decodeValue(kind: Kind, stored: Value): Json {
  return stored === null ? null : kinds[kind].decode(stored);
}

/**
 * Makes a column's value of one that the new back end is given, which fits it by its JSON type alone (recorded on /v3.1).
 * @throws MailjetError 400
 */
export function readStrict(kind: Kind, value: Json): Value {
  const { empty, strict, read } = kinds[kind];
  if (value === null || value === undefined) return empty;
  if (strict === 'any') return writeJson(value);
  const given = typeof value === 'bigint' ? 'number' : typeof value;
  if (given !== (strict === 'integer' ? 'number' : strict)) throw typeMismatch(strict);
  if (strict === 'integer' && typeof value === 'number' && !Number.isInteger(value))
    throw typeMismatch(strict);
  return read(value as Scalar); // no object has passed
}

/**
 * Makes a column's value of one that a body gives: strings count for numbers and booleans (recorded), null for empty.
 * @param type resource class, for the binder's errors
 * @throws MailjetError 400
 */
export function readValue(kind: Kind, value: Json, type: string, name: string): Value {
  const rules = kinds[kind];
  if (value === null || value === undefined) return rules.empty;
  if (typeof value !== 'object') return rules.read(value);
  if (rules.readObject === undefined) throw notAClassProperty(type, name, rules.typeKind);
  return rules.readObject(value);
}
