import { invalidJson, notAClassProperty } from '../lib/errors.ts';
import type { Json } from '../lib/json.ts';
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
  | 'json';

interface KindRules {
  /** Metadata's DataType. */
  datatype: string;
  /** Pascal's type kind, as the binder's error names it. */
  typeKind: string;
  empty: string | bigint;
  read(value: string | number | bigint | boolean): Value;
  /** Makes the wire's value of a column. */
  decode(stored: Value): Json;
}

const asIs = (stored: Value): Json => stored as Json; // columns of these kinds hold text or integers only

function integer(bits: number) {
  const [lowest, highest] = [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return (value: string | number | bigint | boolean): bigint => {
    const text = String(value).trim();
    const number = /^[+-]?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
    // assumed: Free Pascal's own words
    if (number === undefined || number < lowest || number > highest)
      throw invalidJson(`"${value}" is an invalid integer`);
    return number;
  };
}

function truth(value: string | number | bigint | boolean): bigint {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return 1n;
  if (text === 'false' || text === '0' || text === '') return 0n;
  // assumed: Free Pascal's own words
  throw invalidJson(`"${value}" is not a valid boolean.`);
}

const text = {
  empty: '',
  read: (value: string | number | bigint | boolean): Value => String(value),
  decode: asIs,
};
const whole = (bits: number) => ({ empty: 0n, read: integer(bits), decode: asIs });

export const kinds: Record<Kind, KindRules> = {
  string: { datatype: 'AnsiString', typeKind: 'tkAString', ...text },
  email: { datatype: 'TEmail', typeKind: 'tkAString', ...text },
  int64: { datatype: 'Int64', typeKind: 'tkInt64', ...whole(64) },
  int32: { datatype: 'LongInt', typeKind: 'tkInteger', ...whole(32) },
  int16: { datatype: 'SmallInt', typeKind: 'tkInteger', ...whole(16) },
  boolean: {
    datatype: 'Boolean',
    typeKind: 'tkBool',
    empty: 0n,
    read: truth,
    decode: (stored) => Boolean(stored),
  },
  datetime: { datatype: 'TRFC3339DateTime', typeKind: 'tkFloat', ...text },
  reference: { datatype: 'Int64', typeKind: 'tkInt64', ...whole(64) },
  double: { datatype: 'Double', typeKind: 'tkFloat', ...text },
  json: { datatype: 'TJSONObject', typeKind: 'tkClass', ...text },
};

/**
 * Makes a column's value of one that a body gives: strings count for numbers and booleans (recorded), null for empty.
 * @param type resource class, for the binder's errors
 * @throws MailjetError 400
 */
export function readValue(kind: Kind, value: Json, type: string, name: string): Value {
  const rules = kinds[kind];
  if (value === null || value === undefined) return rules.empty;
  if (typeof value === 'object') throw notAClassProperty(type, name, rules.typeKind);
  return rules.read(value);
}
