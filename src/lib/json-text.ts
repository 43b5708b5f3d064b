import type { Json } from './json.ts';
import { deepest, readJson } from './read-json.ts';

/**
 * Reads JSON as the old back end does: integers of any size stay exact, and a fault is told in its words
 * (`Invalid json input: expected ",", but found """ at stream position 15 ...ntact" : "|1", "List"...`).
 * The grammar of the message is inferred from four reported samples; positions are counted in characters.
 * @throws MailjetError 400
 */
export function parseJson(text: string): Json {
  if (isPlain(text)) {
    try {
      return JSON.parse(text) as Json; // JSON.parse gives nothing but JSON
    } catch {
      // the slow reader below finds the words
    }
  }
  return readJson(text);
}

/**
 * Reads JSON as the new back end (Go) does: what the grammar does not have is refused, such as a raw line break in a
 * text; integers stay exact here too.
 * @throws SyntaxError, or MailjetError 400 for nesting beyond all use
 */
export function parseStrictJson(text: string): Json {
  if (isPlain(text)) return JSON.parse(text) as Json; // JSON.parse gives nothing but JSON
  // first, as it ends where nesting is too deep
  const value = readJson(text);
  JSON.parse(text);
  return value;
}

/** JSON.parse is many times faster; it only rounds long integers, lets lone surrogates through, and has other errors. */
function isPlain(text: string): boolean {
  if (hasLongNumber(text)) return false;
  if (text.includes('\\u') && /\\ud[89a-f]/i.test(text)) return false;
  return (hasFew(text, '{') && hasFew(text, '[')) || nesting(text) <= deepest;
}

/** Where the value of a top-level member begins: the position after its first character, as errors count it. */
export function memberPosition(text: string, name: string): number | undefined {
  let found: number | undefined;
  readJson(text, (key, position) => {
    if (key.toLowerCase() === name.toLowerCase()) found ??= position;
  });
  return found;
}

/** The shortest integer that may be rounded, digits. */
const longNumber = 16;

/** Whether so many digits stand in a row; a text with shorter numbers alone is skipped over in steps. */
function hasLongNumber(text: string): boolean {
  let start = 0; // where the row that is looked for may begin
  for (let at = longNumber - 1; at < text.length; at = start + longNumber - 1) {
    let before = at;
    while (before >= start && isDigit(text.charCodeAt(before))) before -= 1;
    if (before < start) return true;
    start = before + 1;
  }
  return false;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** Whether a bracket opens so rarely that it takes at most half of the depth: for most bodies nothing has to be counted. */
function hasFew(text: string, bracket: string): boolean {
  let count = 0;
  for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
    count += 1;
    if (count > deepest / 2) return false;
  }
  return true;
}

function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) most = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return most;
}
