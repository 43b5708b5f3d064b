import { numberOf, textOf } from './convert.ts';
import { formatMoment, offsetOf } from './format-moment.ts';
import { american, formatNumber, separatorsOf } from './format-number.ts';
import { roundTo } from './round.ts';
import { epochSeconds, isMoment, momentOf, type Value } from './values.ts';

/**
 * What a function of the language may ask for.
 * @property offsetMinutes what the clock of `FormatDateTime` is before Greenwich's
 * @property hasOpenedSince whether the contact opened a mail in the last so many days
 * @property refuse says what is wrong with an argument
 */
interface CallContext {
  offsetMinutes: number;
  hasOpenedSince: (days: number) => boolean;
  hasClickedSince: (days: number) => boolean;
  refuse: (hint: string) => undefined;
}

/**
 * A function of the language.
 * @property usage how it is written
 * @property count the least and the most arguments
 */
export interface LanguageFunction {
  name: string;
  usage: string;
  count: readonly [number, number];
  apply: (values: readonly Value[], context: CallContext) => Value | undefined;
}

const html: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Years 1 to 9999, in seconds. */
const earliest = -62_135_596_800;
const latest = 253_402_300_799;

const table: readonly LanguageFunction[] = [
  onText('Upper', (text) => text.toUpperCase()),
  onText('Lower', (text) => text.toLowerCase()),
  // assumed: the other letters stay as they are
  onText('Capitalize', (text) => {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
    return text === '' ? '' : first.toUpperCase() + text.slice(first.length);
  }),
  // assumed: a blank becomes %20
  onText('UrlEncode', (text) => encodeURIComponent(text.toWellFormed())),
  onText('Escape', (text) => text.replace(/[&<>"']/g, (one) => html[one] ?? one)),
  {
    name: 'Round',
    usage: 'Round(number, decimals)',
    count: [1, 2],
    apply([value, decimals = 0], context) {
      const [number, places] = [numeric(value, context), numeric(decimals, context)];
      if (number === undefined || places === undefined) return undefined;
      if (places < -15 || places > 15) return context.refuse('It rounds to 15 decimals at most.');
      return roundTo(number, Math.trunc(places));
    },
  },
  {
    name: 'Int',
    usage: 'Int(number)',
    count: [1, 1],
    apply([value], context) {
      const number = numeric(value, context);
      return number === undefined ? undefined : Math.trunc(number) || 0;
    },
  },
  {
    name: 'ToDate',
    usage: 'ToDate(seconds since 1970)',
    count: [1, 1],
    apply([value], context) {
      const number = numeric(value, context);
      if (number === undefined) return undefined;
      if (number < earliest || number > latest)
        return context.refuse(
          'It takes seconds since 1970 of the years 1 to 9999; are these milliseconds? Divide by 1000.',
        );
      return momentOf(number);
    },
  },
  {
    name: 'FormatDateTime',
    usage: 'FormatDateTime("dd.mm.yyyy", ToDate(var:day))',
    count: [2, 2],
    apply([pattern, value], context) {
      return onMoment(pattern, value, context.offsetMinutes, context);
    },
  },
  {
    name: 'FormatDateTimeTZ',
    usage: 'FormatDateTimeTZ("dd.mm.yyyy hh:nn", ToDate(var:day), "+03:00")',
    count: [3, 3],
    apply([pattern, value, zone = ''], context) {
      const offset = offsetOf(textOf(zone) ?? '');
      if (offset === undefined) return context.refuse('The time zone is an offset like "+03:00".');
      return onMoment(pattern, value, offset, context);
    },
  },
  {
    name: 'FormatNumber',
    usage: 'FormatNumber("#,##0.00", number)',
    count: [2, 2],
    apply([pattern = '', value], context) {
      const number = numeric(value, context);
      return number === undefined
        ? undefined
        : formatNumber(textOf(pattern) ?? '', number, american);
    },
  },
  {
    name: 'FormatNumberLocale',
    usage: 'FormatNumberLocale("#,##0.00", number, "de_DE")',
    count: [3, 3],
    apply([pattern = '', value, locale = ''], context) {
      const number = numeric(value, context);
      const separators = separatorsOf(textOf(locale) ?? '');
      if (separators === undefined) return context.refuse('The locale is one like "de_DE".');
      return number === undefined
        ? undefined
        : formatNumber(textOf(pattern) ?? '', number, separators);
    },
  },
  sinceDays('HasOpenedSince', (days, { hasOpenedSince }) => hasOpenedSince(days)),
  sinceDays('HasClickedSince', (days, { hasClickedSince }) => hasClickedSince(days)),
];

/** assumed: names of functions are read in any case, as Free Pascal does */
const byName = new Map(table.map((each) => [each.name.toLowerCase(), each]));

export function functionNamed(name: string): LanguageFunction | undefined {
  return byName.get(name.toLowerCase());
}

export const functionNames: readonly string[] = table.map(({ name }) => name);

function onText(name: string, change: (text: string) => string): LanguageFunction {
  return {
    name,
    usage: `${name}(text)`,
    count: [1, 1],
    apply([value = ''], context) {
      const text = textOf(value);
      return text === undefined
        ? context.refuse(`${name} takes a text, not a list or an object.`)
        : change(text);
    },
  };
}

function sinceDays(
  name: string,
  ask: (days: number, context: CallContext) => boolean,
): LanguageFunction {
  return {
    name,
    usage: `${name}(days)`,
    count: [1, 1],
    apply([value], context) {
      const days = numeric(value, context);
      return days === undefined ? undefined : ask(days, context);
    },
  };
}

function numeric(value: Value | undefined, context: CallContext): number | undefined {
  const number = value === undefined ? undefined : numberOf(value);
  if (number !== undefined && Number.isFinite(number)) return number;
  const shown = value === undefined ? undefined : textOf(value);
  return context.refuse(
    shown === undefined
      ? 'A number is needed, not a list or an object.'
      : `A number is needed, and "${shown.slice(0, 60)}" is none.`,
  );
}

function onMoment(
  pattern: Value | undefined,
  value: Value | undefined,
  offset: number,
  context: CallContext,
) {
  if (value === undefined || !isMoment(value))
    return context.refuse('The date is written ToDate(var:name), of seconds since 1970.');
  const text = pattern === undefined ? undefined : textOf(pattern);
  if (text === undefined) return context.refuse('The pattern is a text like "dd.mm.yyyy".');
  return formatMoment(text, epochSeconds(value), offset);
}
