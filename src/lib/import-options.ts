import { compileDateTimeFormat } from './datetime-format.ts';

/** The ImportOptions of a csvimport. */
export interface ImportOptions {
  /** A format that `compileDateTimeFormat` takes; absent when none was given. */
  dateTimeFormat?: string;
  /** Hours that the file's times are ahead of UTC, -12 to 12. */
  timezoneOffset: number;
  /** Names of the columns; when given, every line of the file is data. */
  fieldNames?: string[];
}

/** Why ImportOptions are refused, as a sentence. */
export interface ImportOptionsProblem {
  problem: string;
}

/**
 * Parses ImportOptions, JSON in a string (documented). Assumed: keys in any case, the last of two
 * wins, unknown ones are ignored; null, an empty string and an empty array are as if not given.
 *
 * @param text the property's value; an empty one means no options
 * @returns the options, or the problem in our own words, as Mailjet's are not known
 */
export function parseImportOptions(text: string): ImportOptions | ImportOptionsProblem {
  const options: ImportOptions = { timezoneOffset: 0 };
  if (text.trim() === '') return options;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'ImportOptions is not valid JSON' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { problem: 'ImportOptions must be a JSON object' };
  }
  for (const [key, value] of Object.entries(json)) {
    const problem = setOption(options, key.toLowerCase(), value);
    if (problem !== undefined) return { problem };
  }
  return options;
}

function setOption(options: ImportOptions, key: string, value: unknown): string | undefined {
  if (key === 'datetimeformat') {
    delete options.dateTimeFormat;
    if (value === null || value === '') return undefined;
    if (typeof value !== 'string' || compileDateTimeFormat(value) === undefined) {
      return `DateTimeFormat ${JSON.stringify(value)} is not a known format`;
    }
    options.dateTimeFormat = value;
  } else if (key === 'timezoneoffset') {
    const hours = toHours(value);
    if (hours === undefined) return 'TimezoneOffset must be an integer from -12 to 12';
    options.timezoneOffset = hours;
  } else if (key === 'fieldnames') {
    delete options.fieldNames;
    const names = value ?? [];
    if (!isStrings(names)) return 'FieldNames must be an array of strings';
    if (names.length > 0) options.fieldNames = names;
  }
  return undefined;
}

function toHours(value: unknown): number | undefined {
  if (value === null || value === '') return 0;
  const numeric = typeof value === 'string' ? /^[+-]?\d{1,2}$/.test(value) : true;
  if (!numeric || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const hours = Number(value);
  if (!Number.isInteger(hours) || Math.abs(hours) > 12) return undefined;
  // -0 would show as such.
  return hours || 0;
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
