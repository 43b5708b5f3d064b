const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const twoDigits = (value: number) => String(value).padStart(2, '0');

/** The parts of a moment, on a clock that is `offset` minutes before Greenwich's. */
function partsOf(epochSeconds: number, offset: number) {
  const local = Math.floor(epochSeconds) + offset * 60;
  const day = Math.floor(local / 86_400);
  const second = local - day * 86_400;
  // the calendar's 400 years from a first of March on, where leap days end a year
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    weekday: (((day + 4) % 7) + 7) % 7,
    hour: Math.floor(second / 3600),
    minute: Math.floor((second % 3600) / 60),
    second: second % 60,
    millisecond: Math.floor((epochSeconds - Math.floor(epochSeconds)) * 1000),
  };
}

type Parts = ReturnType<typeof partsOf>;

/**
 * Writes a moment by Delphi's letters (reported: `dd.mm.yyyy`, `nn` for minutes): d m y h n s z t, `am/pm`, `a/p`,
 * `ampm`, texts in quotes. `m` right behind an hour is a minute, as in Delphi. Month and day names are English
 * (assumed); `/` and `:` stay.
 * @param epochSeconds since 1970
 * @param offset minutes that the clock is before Greenwich's
 */
export function formatMoment(pattern: string, epochSeconds: number, offset: number): string {
  const parts = partsOf(epochSeconds, offset);
  const isTwelve = /am\/pm|a\/p|ampm/i.test(pattern);
  let result = '';
  let lastLetter = '';
  for (let at = 0; at < pattern.length; ) {
    const quote = pattern[at];
    if (quote === '"' || quote === "'") {
      const close = pattern.indexOf(quote, at + 1);
      const end = close < 0 ? pattern.length : close;
      result += pattern.slice(at + 1, end);
      at = end + 1;
      continue;
    }
    const half = /^(?:am\/pm|a\/p|ampm)/i.exec(pattern.slice(at, at + 5))?.[0];
    if (half !== undefined) {
      result += halfOfDay(half, parts.hour);
      at += half.length;
      continue;
    }
    const letter = (quote ?? '').toLowerCase();
    let count = 1;
    while (pattern[at + count]?.toLowerCase() === letter) count += 1;
    const isMinute = letter === 'm' && lastLetter === 'h';
    const written = field(isMinute ? 'n' : letter, count, parts, isTwelve);
    result += written ?? pattern.slice(at, at + count);
    if (written !== undefined) lastLetter = letter;
    at += count;
  }
  return result;
}

function halfOfDay(spelling: string, hour: number): string {
  const text = hour < 12 ? 'am' : 'pm';
  const short = spelling.length === 3 ? text[0] : text;
  return (spelling === spelling.toUpperCase() ? short?.toUpperCase() : short) ?? '';
}

/** One run of a letter; undefined for what is no letter of the pattern. */
function field(letter: string, count: number, parts: Parts, isTwelve: boolean): string | undefined {
  const plain = (value: number) => (count === 1 ? String(value) : twoDigits(value));
  switch (letter) {
    case 'd':
      return dayField(count, parts);
    case 'm':
      if (count <= 2) return plain(parts.month);
      return count === 3 ? months[parts.month - 1]?.slice(0, 3) : months[parts.month - 1];
    case 'y':
      return count <= 2 ? twoDigits(parts.year % 100) : String(parts.year).padStart(4, '0');
    case 'h':
      return plain(isTwelve ? ((parts.hour + 11) % 12) + 1 : parts.hour);
    case 'n':
      return plain(parts.minute);
    case 's':
      return plain(parts.second);
    case 'z':
      return count === 1 ? String(parts.millisecond) : String(parts.millisecond).padStart(3, '0');
    case 't':
      return `${twoDigits(parts.hour)}:${twoDigits(parts.minute)}${count > 1 ? `:${twoDigits(parts.second)}` : ''}`;
    default:
      return undefined;
  }
}

function dayField(count: number, { day, month, year, weekday }: Parts): string {
  if (count === 1) return String(day);
  if (count === 2) return twoDigits(day);
  const name = days[weekday] ?? '';
  if (count === 3) return name.slice(0, 3);
  if (count === 4) return name;
  return `${twoDigits(day)}/${twoDigits(month)}/${String(year).padStart(4, '0')}`;
}

/** Minutes of an offset as `+03:00`, `-0330` or `+3`; undefined for other texts. */
export function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
