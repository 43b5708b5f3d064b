import { invalidJson } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { readJsonString } from './json-string.ts';

/** What is nested deeper is refused (assumed: no report tells how deep production goes). */
export const deepest = 500;

/** How much of the text a message shows on each side of a fault, characters. */
const window = 10;

const [TAB, NEWLINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [QUOTE, COMMA, COLON, MINUS, ZERO, NINE] = [0x22, 0x2c, 0x3a, 0x2d, 0x30, 0x39];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What makes a member like any other, whatever its name. */
const ownMember = { enumerable: true, configurable: true, writable: true };

const isDigit = (code: number) => code >= ZERO && code <= NINE;
/** What surely ends a number; at the end of a text there is no code. */
const endsWord = (code: number) =>
  code === COMMA ||
  code === CLOSE_ARRAY ||
  code === CLOSE_OBJECT ||
  code === SPACE ||
  Number.isNaN(code);

/** A number or a word ends before these, or before any other space. */
const word = /[^\s,\]}]{0,64}/y;

/**
 * Reads JSON with exact integers and the old back end's words for a fault; in linear time, by character codes.
 * @param onMember is told of each member of the top-level object: its name, and where its value begins, one further on
 * @throws MailjetError 400
 */
export function readJson(text: string, onMember?: (key: string, position: number) => void): Json {
  let at = 0;
  let depth = 0;

  const fail = (what: string) => invalidJson(`${what} ${atPosition(text, at)}`);
  const peek = (): number => {
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code !== SPACE && code !== NEWLINE && code !== RETURN && code !== TAB) return code;
    }
    throw fail('unexpected end of stream');
  };
  const expect = (wanted: number) => {
    const found = peek();
    at += 1;
    if (found !== wanted) throw unexpected(wanted, found);
  };
  const unexpected = (wanted: number, found: number) =>
    fail(`expected "${String.fromCharCode(wanted)}", but found "${String.fromCharCode(found)}"`);

  const readString = (): string => {
    expect(QUOTE);
    const { value, end } = readJsonString(text, at);
    at = end;
    if (value !== undefined) return value;
    throw fail(end === text.length ? 'unexpected end of stream' : 'invalid escape sequence');
  };

  /** undefined where no integer stands, or one that is not plain. */
  const readInteger = (): Json => {
    const first = text.charCodeAt(at) === MINUS ? at + 1 : at;
    let end = first;
    while (isDigit(text.charCodeAt(end))) end += 1;
    const length = end - first;
    const hasZeros = length > 1 && text.charCodeAt(first) === ZERO;
    if (length === 0 || length > 32 || hasZeros || !endsWord(text.charCodeAt(end)))
      return undefined;
    const found = text.slice(at, end);
    at = end;
    const rounded = Number(found);
    return Number.isSafeInteger(rounded) ? rounded : BigInt(found);
  };

  const readNumberOrWord = (): Json => {
    const integer = readInteger();
    if (integer !== undefined) return integer;
    word.lastIndex = at;
    const [found = ''] = word.exec(text) ?? [];
    at += Math.max(found.length, 1);
    if (found === 'true') return true;
    if (found === 'false') return false;
    if (found === 'null') return null;
    if (/^-?(0|[1-9]\d*)$/.test(found)) return BigInt(found);
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(found)) return Number(found);
    throw fail('Invalid floating point value');
  };

  /** Whether another item follows; else the list of them has been closed. */
  const goesOn = (close: number): boolean => {
    const next = peek();
    at += 1;
    if (next === close) return false;
    if (next !== COMMA) throw unexpected(COMMA, next);
    return true;
  };

  const readObject = (): JsonObject => {
    const members: JsonObject = {};
    at += 1;
    if (peek() === CLOSE_OBJECT) {
      at += 1;
      return members;
    }
    do {
      const key = readString();
      expect(COLON);
      peek();
      if (depth === 1) onMember?.(key, at + 1);
      const value = readValue();
      if (key === '__proto__') Object.defineProperty(members, key, { value, ...ownMember });
      else members[key] = value;
    } while (goesOn(CLOSE_OBJECT));
    return members;
  };

  const readArray = (): Json[] => {
    const items: Json[] = [];
    at += 1;
    if (peek() === CLOSE_ARRAY) {
      at += 1;
      return items;
    }
    do items.push(readValue());
    while (goesOn(CLOSE_ARRAY));
    return items;
  };

  const readValue = (): Json => {
    depth += 1;
    if (depth > deepest) throw fail('nesting is too deep');
    const next = peek();
    const value =
      next === OPEN_OBJECT
        ? readObject()
        : next === OPEN_ARRAY
          ? readArray()
          : next === QUOTE
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

/** The end of every message about a fault: where, and what stands around it. */
export function atPosition(text: string, position: number): string {
  const before = text.slice(Math.max(0, position - window), position);
  const after = text.slice(position, position + window);
  return `at stream position ${position} ...${before}|${after}...`;
}
