import { wrongCharacter } from './character-hints.ts';
import { ExpressionError } from './expression-error.ts';
import { unknownCharacter, unterminated } from './production-texts.ts';

/**
 * A token of an expression.
 * @property text as written; of a string what stands between its quotes, of a symbol its one spelling (`=`, `<>`, `not`)
 * @property at where it starts in the source
 * @property end behind it
 */
export interface Token {
  kind: 'number' | 'string' | 'name' | 'symbol' | 'colon' | 'end';
  text: string;
  at: number;
  end: number;
}

/** Many spellings of one operator (documented: `=`, `==`, `===`, `!=`, `<>`; `!` in Mailjet's own samples). */
const symbols: readonly (readonly [string, string])[] = [
  ['===', '='],
  ['==', '='],
  ['!=', '<>'],
  ['<>', '<>'],
  ['<=', '<='],
  ['>=', '>='],
  ...['=', '<', '>', '+', '-', '*', '/', '(', ')', ','].map((one) => [one, one] as const),
  ['!', 'not'],
];
const words = new Set(['and', 'or', 'xor', 'not', 'div', 'mod']);

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Quotes and blanks of word processors are no letters, so that they are told apart and named. */
const strange = new Set([0xa0, 0xad, 0x200b, 0x2018, 0x2019, 0x201c, 0x201d, 0x201e, 0xfeff]);
const isLetter = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  (code >= 128 && !strange.has(code));

/** Reads the token at `at`, blanks before it skipped. `end` bounds the expression. */
export function tokenAt(source: string, at: number, end: number, start: number): Token {
  let from = at;
  while (from < end && isBlank(source.charCodeAt(from))) from += 1;
  if (from >= end) return { kind: 'end', text: 'end of expression', at: end, end };
  const code = source.charCodeAt(from);
  if (isDigit(code)) return number(source, from, end);
  if (isLetter(code)) return name(source, from, end);
  if (code === 34 || code === 39) return quoted(source, from, end);
  if (code === 58) return { kind: 'colon', text: ':', at: from, end: from + 1 };
  for (const [spelling, symbol] of symbols) {
    if (source.startsWith(spelling, from) && from + spelling.length <= end)
      return { kind: 'symbol', text: symbol, at: from, end: from + spelling.length };
  }
  const character = String.fromCodePoint(source.codePointAt(from) ?? 0);
  throw new ExpressionError(
    unknownCharacter(from - start + 1, character),
    wrongCharacter(source, from, end),
  );
}

function number(source: string, at: number, end: number): Token {
  let to = at;
  while (to < end && isDigit(source.charCodeAt(to))) to += 1;
  if (source[to] === '.' && to + 1 < end && isDigit(source.charCodeAt(to + 1))) {
    to += 1;
    while (to < end && isDigit(source.charCodeAt(to))) to += 1;
  }
  return { kind: 'number', text: source.slice(at, to), at, end: to };
}

/**
 * A name may hold dots and hyphens (`background-url` in Mailjet's own samples): a hyphen between two letters or digits
 * belongs to it, unless a namespace follows, as in `var:a-var:b`.
 */
function name(source: string, at: number, end: number): Token {
  const to = nameEnd(source, at, end);
  const text = source.slice(at, to);
  const word = text.toLowerCase();
  if (words.has(word)) return { kind: 'symbol', text: word, at, end: to };
  return { kind: 'name', text, at, end: to };
}

const namespaces = ['var:', 'data:', 'mj:', 'segment:'];

/** Behind the name that begins at `at`. */
export function nameEnd(source: string, at: number, end: number): number {
  let to = at;
  for (; to < end; to += 1) {
    const code = source.charCodeAt(to);
    if (isLetter(code) || isDigit(code)) continue;
    const isJoint = code === 45 || code === 46;
    if (!isJoint || to === at || to + 1 >= end) break;
    const next = source.charCodeAt(to + 1);
    if (!isLetter(next) && !isDigit(next)) break;
    if (code === 45 && namespaces.some((each) => source.startsWith(each, to + 1))) break;
  }
  return to;
}

/** Strings have no escapes (assumed); single quotes are taken too (reported: the editor refuses them). */
function quoted(source: string, at: number, end: number): Token {
  const quote = source[at] ?? '"';
  const close = source.indexOf(quote, at + 1);
  if (close < 0 || close >= end)
    throw new ExpressionError(unterminated, `The quote ${quote} opens a text that nothing closes.`);
  return { kind: 'string', text: source.slice(at + 1, close), at, end: close + 1 };
}
