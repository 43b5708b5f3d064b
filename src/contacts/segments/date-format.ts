import { NotBuiltError } from '../../lib/errors.ts';
import { type Sql, sql } from './sql.ts';

/** Free Pascal's letters and the ones that SQLite has for the same; `yy` has none there. */
const letters: Record<string, string> = {
  yyyy: '%Y',
  mm: '%m',
  dd: '%d',
  hh: '%H',
  nn: '%M',
  ss: '%S',
  '%': '%%',
};

const longestFormat = 50;

/**
 * SQL that writes a date as `FormatDateTime` does: `yy-mm-dd` (documented), letters in any case, `nn` for minutes.
 * @param date SQL of RFC 3339 text
 * @param zone `+03:00`: how far the written time is ahead of UTC
 * @throws NotBuiltError for other letters of Free Pascal's, other ways to name a zone
 */
export function formatDate(format: string, date: Sql, zone: string): Sql {
  if (!/^[+-]\d\d:\d\d$/.test(zone))
    throw new NotBuiltError(`the time zone "${zone}" of a segment`);
  if (
    format.length > longestFormat ||
    /[a-z]/i.test(format.replace(/yyyy|yy|mm|dd|hh|nn|ss/gi, ''))
  )
    throw new NotBuiltError(`the date format "${format.slice(0, longestFormat)}" of a segment`);
  const written = (text: string) => sql`strftime(${text}, ${date}, ${zone})`;
  return format
    .split(/(?<!y)(yy)(?!y)/i)
    .map((part) =>
      /^yy$/i.test(part) ? sql`substr(${written('%Y')}, 3)` : written(translated(part)),
    )
    .reduce((before, part) => sql`${before} || ${part}`);
}

function translated(format: string): string {
  return format.replace(/yyyy|mm|dd|hh|nn|ss|%/gi, (token) => letters[token.toLowerCase()] ?? '');
}
