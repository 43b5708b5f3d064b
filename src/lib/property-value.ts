import { type DateTimeParser, parseDateTime } from './datetime-format.ts';

/** Datatype of a contact property, in Mailjet's words. */
export type PropertyDatatype = 'str' | 'int' | 'float' | 'bool' | 'datetime';

/** A value that JSON or a CSV field can give. */
export type PropertyInput = string | number | bigint | boolean;

/** Mailjet's code for a value that does not fit its datatype. */
export type PropertyErrorCode = 'CM03' | 'CM04' | 'CM05' | 'CM06' | 'CM09';

/** The longest text of a property, bytes (assumed: production has a limit, its size was never reported). */
export const longestValue = 65_535;

/** A bad value of one property. */
export interface PropertyError {
  key: string;
  code: PropertyErrorCode;
  value: PropertyInput;
}

/** Texts of Mailjet's own server table (client: class WP_Mailjet_Api_V3); CM09 is recorded. */
const KINDS: Record<Exclude<PropertyErrorCode, 'CM06'>, string> = {
  CM03: 'integer',
  CM04: 'bool',
  CM05: 'float',
  CM09: 'datetime',
};

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * Turns a value into the text that is stored and shown; all values are shown as strings (recorded).
 *
 * Assumed: surrounding space and empty text fit no datatype but str; a bool is stored as `true` or
 * `false` and may be given as 1 or 0; an int is stored without leading zeros, a float as the
 * shortest text of the same double.
 *
 * @param parseTime how a datetime is read; a CSV import gives that of its DateTimeFormat
 * @returns the text, or the code of the error
 */
export function coerceProperty(
  datatype: PropertyDatatype,
  value: PropertyInput,
  parseTime: DateTimeParser = parseDateTime,
): { stored: string } | { code: PropertyErrorCode } {
  switch (datatype) {
    case 'str':
      return isTooLong(String(value)) ? { code: 'CM06' } : { stored: String(value) };
    case 'int':
      return result(toInt(value), 'CM03');
    case 'bool':
      return result(toBool(value), 'CM04');
    case 'float':
      return result(toFloat(value), 'CM05');
    case 'datetime':
      return result(typeof value === 'boolean' ? undefined : parseTime(String(value)), 'CM09');
  }
}

/** Whether a text is no value for a property of any datatype. */
export function isTooLong(text: string): boolean {
  return text.length > longestValue / 3 && Buffer.byteLength(text) > longestValue;
}

/** What is told of such a text (documented by the server's message table). */
export function lengthProblem(value: PropertyInput): string {
  return `Length of value (${Buffer.byteLength(String(value))} bytes) exceeds maximum data length (${longestValue} bytes)`;
}

function result(stored: string | undefined, code: PropertyErrorCode) {
  return stored === undefined ? { code } : { stored };
}

function toInt(value: PropertyInput): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const text = typeof value === 'number' ? BigInt(value).toString() : String(value);
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const digits = text.replace(/^[+-]?0*/, '') || '0';
  // BigInt takes quadratic time, so a text of a megabyte of digits must not reach it.
  if (digits.length > 19) return undefined;
  const number = BigInt(digits) * (text.startsWith('-') ? -1n : 1n);
  return number < MIN_INT64 || number > MAX_INT64 ? undefined : number.toString();
}

function toBool(value: PropertyInput): string | undefined {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return 'true';
  return text === 'false' || text === '0' ? 'false' : undefined;
}

function toFloat(value: PropertyInput): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(String(value))) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? String(number) : undefined;
}

/**
 * The text of one error (recorded: `CM09 "asd000" is not a valid datetime value for key date_field`).
 */
function propertyErrorText({ code, value, key }: PropertyError): string {
  if (code === 'CM06') return `${code} ${lengthProblem(value)}`;
  return `${code} "${value}" is not a valid ${KINDS[code]} value for key ${key}`;
}

/**
 * The ErrorMessage of a contactdata request with bad values, status 400. It looks like JSON, but the
 * quotes inside are not escaped (recorded with one error; more in one array are assumed).
 */
export function propertyErrorMessage(errors: PropertyError[]): string {
  const items = errors.map((error) => `{ "${error.key}" : "${propertyErrorText(error)}" }`);
  return `[${items.join(', ')}]`;
}
