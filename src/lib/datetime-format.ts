/**
 * Reads a text as a moment.
 *
 * @param text the value as it came
 * @param offsetHours hours that a time without a zone is ahead of UTC
 * @returns `YYYY-MM-DDTHH:MM:SSZ`, or undefined when the text does not fit or is no real date
 */
export type DateTimeParser = (text: string, offsetHours?: number) => string | undefined;

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const HOUR = 3600;
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/i;
const RFC3339_FORMAT = /^yyyy-mm-ddthh:nn:ss(?:z|[+-]\d\d:\d\d)?$/i;

/**
 * Parses an RFC 3339 date-time, with or without fraction or zone, or a date alone; fractions are
 * cut off (recorded: `2021-02-11T23:03:03.000Z` reads back as `2021-02-11T23:03:03Z`).
 */
export const parseRfc3339: DateTimeParser = (text, offsetHours = 0) => {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const zone = zoneSeconds(match[7], offsetHours);
  if (zone === undefined) return undefined;
  return toUtc({ year, month, day, hour, minute, second }, zone);
};

/**
 * Parses the value of a datetime property: RFC 3339 or Unix seconds (documented), or milliseconds
 * (help centre; assumed to begin with 12 digits). Also for CSV values without a DateTimeFormat
 * (assumed: the documentation asks for one and does not say what happens otherwise).
 */
export const parseDateTime: DateTimeParser = (text, offsetHours = 0) => {
  if (!/^-?\d{1,17}$/.test(text)) return parseRfc3339(text, offsetHours);
  const digits = text.replace('-', '').length;
  const seconds = digits >= 12 ? Math.floor(Number(text) / 1000) : Number(text);
  return format(seconds);
};

/**
 * Compiles a DateTimeFormat of ImportOptions (documented): `yyyy` or `yy`, `mm` and `dd` between
 * `-`, `/` or `.`; `hh`, `nn` and `ss` between `:`; one space between date and time; or
 * `yyyy-mm-ddThh:nn:ss+01:00` for RFC 3339.
 *
 * Assumed: letters in any case, tokens in any order, a missing time is midnight, numbers but the
 * year may lack a leading zero, and a year of two digits is 1970 to 2069.
 *
 * @returns undefined when the format is none of these
 */
export function compileDateTimeFormat(text: string): DateTimeParser | undefined {
  if (RFC3339_FORMAT.test(text)) return parseRfc3339;
  const tokens = readFormat(text.toLowerCase());
  if (tokens === undefined) return undefined;
  const isShortYear = tokens.some((token) => token === TOKENS.yy);
  return (value, offsetHours = 0) => {
    const fields = readFields(tokens, value);
    if (fields === undefined) return undefined;
    if (isShortYear) fields.year += fields.year < 70 ? 2000 : 1900;
    return toUtc(fields, offsetHours * HOUR);
  };
}

/** A character that stands for itself, or a number of so many digits. */
type Token = string | { field: keyof Fields; least: number; most: number };

const TOKENS: Record<string, Exclude<Token, string>> = {
  yyyy: { field: 'year', least: 4, most: 4 },
  yy: { field: 'year', least: 2, most: 2 },
  mm: { field: 'month', least: 1, most: 2 },
  dd: { field: 'day', least: 1, most: 2 },
  hh: { field: 'hour', least: 1, most: 2 },
  nn: { field: 'minute', least: 1, most: 2 },
  ss: { field: 'second', least: 1, most: 2 },
};

/** The numbers of a value that has a format, in one pass. */
function readFields(tokens: readonly Token[], value: string): Fields | undefined {
  const fields: Fields = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  let at = 0;
  for (const token of tokens) {
    const start = at;
    if (typeof token === 'string') {
      if (value[at] !== token) return undefined;
      at += 1;
      continue;
    }
    while (at - start < token.most && isDigit(value.charCodeAt(at))) at += 1;
    if (at - start < token.least) return undefined;
    fields[token.field] = Number(value.slice(start, at));
  }
  return at === value.length ? fields : undefined;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

const DATE = /^(?:yyyy|yy|mm|dd)(?:[-/.](?:yyyy|yy|mm|dd)){2}$/;
const TIME = /^(?:hh|nn|ss)(?::(?:hh|nn|ss)){0,2}$/;

/** The parts of a format in order; undefined unless it has one date and at most one time. */
function readFormat(text: string): Token[] | undefined {
  const halves = text.split(' ');
  const dates = halves.filter((half) => DATE.test(half)).length;
  const times = halves.filter((half) => TIME.test(half)).length;
  if (dates !== 1 || times > 1 || dates + times !== halves.length) return undefined;
  const tokens = (text.match(/[a-z]+|[^a-z]/g) ?? []).map((part): Token => TOKENS[part] ?? part);
  const names = tokens.flatMap((token) => (typeof token === 'string' ? [] : token.field));
  const twice = new Set(names).size !== names.length;
  const gap =
    (names.includes('minute') && !names.includes('hour')) ||
    (names.includes('second') && !names.includes('minute'));
  return twice || gap ? undefined : tokens;
}

function zoneSeconds(zone: string | undefined, offsetHours: number): number | undefined {
  if (zone === undefined) return offsetHours * HOUR;
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * 60);
}

function toUtc(local: Fields, zone: number): string | undefined {
  const { year, month, day, hour, minute, second } = local;
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) {
    return undefined;
  }
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  const midnight = Date.UTC(year + 400, month - 1, day) / 1000 - 146_097 * 24 * HOUR;
  if (new Date(midnight * 1000).getUTCDate() !== day) return undefined;
  return format(midnight + hour * HOUR + minute * 60 + second - zone);
}

const FIRST_SECOND = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z') / 1000;

function format(seconds: number): string | undefined {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
