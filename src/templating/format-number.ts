import { roundTo } from './round.ts';

/** How a locale separates groups of three and decimals. */
export interface Separators {
  group: string;
  decimal: string;
}

export const american: Separators = { group: ',', decimal: '.' };

const mostDecimals = 15;
const longestPattern = 200;

/**
 * Writes a number by a pattern of Delphi's: `0` is a digit, `#` one that may be missing, `,` anywhere asks for groups of
 * three, `.` begins the decimals, texts in quotes are copied, `;` separates the patterns of positive numbers, negative
 * ones and zero (reported: `#,##0.00`; the rest assumed).
 */
export function formatNumber(pattern: string, value: number, separators: Separators): string {
  const sections = sectionsOf(pattern.slice(0, longestPattern));
  const [positive = '', negative, zero] = sections;
  if (value === 0 && zero !== undefined && zero !== '') return written(zero, 0, separators);
  if (value < 0 && negative !== undefined && negative !== '')
    return written(negative, -value, separators);
  const text = written(positive, Math.abs(value), separators);
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

function sectionsOf(pattern: string): string[] {
  const sections: string[] = [''];
  for (const token of pattern.match(/"[^"]*"?|'[^']*'?|[^"';]+|;/g) ?? []) {
    if (token === ';') sections.push('');
    else sections[sections.length - 1] += token;
  }
  return sections;
}

/** A value that is not negative, by one section. */
function written(section: string, value: number, { group, decimal }: Separators): string {
  const tokens = section.match(/"[^"]*"?|'[^']*'?|[0#.,]+|[^"'0#.,]+/g) ?? [];
  const digits = tokens.filter((token) => /^[0#.,]/.test(token)).join('');
  const [whole = '', ...rest] = digits.replaceAll(',', '').split('.');
  const fraction = rest.join('').slice(0, mostDecimals);
  const fixed = decimalText(roundTo(value, fraction.length), fraction.length);
  const [wholeDigits = '', decimals = ''] = fixed.split('.');
  const least = whole.includes('0') ? whole.length - whole.indexOf('0') : 0;
  const shown = (wholeDigits === '0' ? '' : wholeDigits).padStart(least, '0');
  const grouped = digits.includes(',') ? shown.replace(/\B(?=(?:\d{3})+$)/g, () => group) : shown;
  let kept = decimals;
  while (kept.length > 0 && kept.endsWith('0') && fraction[kept.length - 1] === '#')
    kept = kept.slice(0, -1);
  const number = kept === '' ? grouped : `${grouped}${decimal}${kept}`;
  let isWritten = false;
  const parts = tokens.map((token) => {
    if (/^["']/.test(token)) return token.replace(/^(["'])(.*?)\1?$/s, '$2');
    if (!/^[0#.,]/.test(token)) return token;
    const text = isWritten ? '' : number;
    isWritten = true;
    return text;
  });
  return parts.join('');
}

function decimalText(value: number, places: number): string {
  if (!Number.isFinite(value)) return '0';
  return Math.abs(value) < 1e21 ? value.toFixed(places) : String(BigInt(value));
}

const known = new Map<string, Separators>();

/** How many locales are remembered; others are asked for again. */
const mostKnown = 100;

/** What `de_DE` or `fr` separates with; undefined for what is no locale. */
export function separatorsOf(locale: string): Separators | undefined {
  const last = known.get(locale);
  if (last !== undefined) return last;
  const tag = locale.replaceAll('_', '-');
  if (!/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(tag)) return undefined;
  let parts: Intl.NumberFormatPart[];
  try {
    parts = new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(12_345_678.5);
  } catch {
    return undefined;
  }
  const text = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const separators = { group: text('group'), decimal: text('decimal') };
  if (known.size < mostKnown) known.set(locale, separators);
  return separators;
}
