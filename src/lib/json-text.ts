import { invalidJson } from './errors.ts';
import type { Json, JsonObject } from './json.ts';

const deepest = 500;
const window = 10;

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
  const value = JSON.parse(text) as Json; // JSON.parse gives nothing but JSON
  return isPlain(text) ? value : readJson(text);
}

/** JSON.parse is many times faster; it only rounds long integers, lets lone surrogates through, and has other errors. */
function isPlain(text: string): boolean {
  if (/\d{16}/.test(text)) return false;
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

/** The end of every message about a fault: where, and what stands around it. */
export function atPosition(text: string, position: number): string {
  const before = text.slice(Math.max(0, position - window), position);
  const after = text.slice(position, position + window);
  return `at stream position ${position} ...${before}|${after}...`;
}

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

function readJson(text: string, onMember?: (key: string, position: number) => void): Json {
  let at = 0;
  let depth = 0;

  const fail = (what: string) => invalidJson(`${what} ${atPosition(text, at)}`);
  const peek = (): string => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
    const next = text[at];
    if (next === undefined) throw fail('unexpected end of stream');
    return next;
  };
  const expect = (wanted: string) => {
    const found = peek();
    at += 1;
    if (found !== wanted) throw fail(`expected "${wanted}", but found "${found}"`);
  };

  const readString = (): string => {
    expect('"');
    const start = at;
    for (; text[at] !== '"'; at += text[at] === '\\' ? 2 : 1) {
      if (at >= text.length) {
        at = text.length;
        throw fail('unexpected end of stream');
      }
    }
    at += 1;
    try {
      // a raw line break or tab inside a string is let through, as fpjson does (assumed)
      const plain = text.slice(start, at - 1).replace(/[\x00-\x1f]/g, escapeControl);
      // a lone surrogate has no UTF-8: it would come back from the database as three characters
      return String(JSON.parse(`"${plain}"`)).toWellFormed();
    } catch {
      throw fail('invalid escape sequence');
    }
  };

  const readNumberOrWord = (): Json => {
    const word = /^[^\s,\]}]*/.exec(text.slice(at, at + 64))?.[0] ?? '';
    at += Math.max(word.length, 1);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (/^-?(0|[1-9]\d*)$/.test(word)) {
      const exact = BigInt(word);
      return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
    }
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
    throw fail('Invalid floating point value');
  };

  const readObject = (): JsonObject => {
    const members: [string, Json][] = [];
    expect('{');
    if (peek() === '}') at += 1;
    else {
      for (;;) {
        const key = readString();
        expect(':');
        const first = peek();
        if (depth === 1) onMember?.(key, at + first.length);
        members.push([key, readValue()]);
        const next = peek();
        at += 1;
        if (next === '}') break;
        if (next !== ',') throw fail(`expected ",", but found "${next}"`);
      }
    }
    return Object.fromEntries(members);
  };

  const readArray = (): Json[] => {
    const items: Json[] = [];
    expect('[');
    if (peek() === ']') at += 1;
    else {
      for (;;) {
        items.push(readValue());
        const next = peek();
        at += 1;
        if (next === ']') break;
        if (next !== ',') throw fail(`expected ",", but found "${next}"`);
      }
    }
    return items;
  };

  const readValue = (): Json => {
    depth += 1;
    // assumed: no report tells how deep production goes
    if (depth > deepest) throw fail('nesting is too deep');
    const next = peek();
    const value =
      next === '{'
        ? readObject()
        : next === '['
          ? readArray()
          : next === '"'
            ? readString()
            : readNumberOrWord();
    depth -= 1;
    return value;
  };

  const value = readValue();
  if (/\S/.test(text.slice(at))) {
    peek();
    at += 1;
    throw fail(`unexpected character "${text[at - 1]}"`);
  }
  return value;
}

function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
