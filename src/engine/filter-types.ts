import { parseDateTime } from '../lib/datetime-format.ts';
import { MailjetError } from '../lib/errors.ts';
import { fitsBits } from '../lib/int64.ts';
import type { Value } from './row.ts';

/** What a filter's value is, by metadata's DataType. Numbers of Delphi's names: ShortInt has 8 bits, SmallInt 16, LongInt 32. */
export type FilterType = keyof typeof filterTypes;

/**
 * Reads a filter's value. Of an enumeration the text is given: what it stands for is the filter's own (`Filter.value`).
 * @throws MailjetError 400 for a value that does not fit
 */
export const filterTypes = {
  AnsiString: asText,
  Boolean: readTruth,
  Int64: readInteger(64),
  LongInt: readInteger(32),
  ShortInt: readInteger(8),
  SmallInt: readInteger(16),
  TBooleanFilter: readTruth,
  TCounterResolution: asText,
  TCounterSource: asText,
  TCounterTiming: asText,
  TCustomStatus: asText,
  TFilterKeyType: asText,
  TID64List: readIntegers,
  TMessageStatus: asText,
  TRFC3339DateTime: readTime,
  TTriggerEvent: asText,
  TTriggerStatus: asText,
} satisfies Record<string, (text: string) => Value>;

/** assumed: Free Pascal's own words behind the prefix that GET errors have */
function misfit(text: string, what: string): MailjetError {
  return new MailjetError(400, `Unexpected error during GET: "${text}" is ${what}`);
}

function asText(text: string): Value {
  return text;
}

function readInteger(bits: number) {
  return (text: string): bigint => {
    const number = /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
    if (number === undefined || !fitsBits(number, bits)) throw misfit(text, 'an invalid integer');
    return number;
  };
}

/** The most numbers that a list may have. */
const longestList = 1000;

/** Numbers behind commas, as the JSON array that SQLite's `json_each(?)` takes apart. */
function readIntegers(text: string): string {
  const read = readInteger(64);
  const numbers = text.split(',', longestList + 1).map((part) => read(part.trim()));
  if (numbers.length > longestList)
    throw misfit(`${text.slice(0, 40)}...`, `a list of more than ${longestList} integers`);
  return `[${numbers.join(',')}]`;
}

function readTruth(text: string): bigint {
  if (/^(true|1)$/i.test(text)) return 1n;
  if (/^(false|0)$/i.test(text)) return 0n;
  throw misfit(text, 'not a valid boolean.');
}

function readTime(text: string): string {
  const time = parseDateTime(text);
  if (time === undefined) throw misfit(text, 'not a valid date and time');
  return time;
}
