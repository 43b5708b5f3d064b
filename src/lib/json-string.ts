const [QUOTE, BACKSLASH, SPACE, LETTER_U] = [0x22, 0x5c, 0x20, 0x75];

/** A string of a JSON text; `value` is undefined where it has no end (`end` is the text's) or an escape that is none. */
interface FoundString {
  value: string | undefined;
  /** After its closing quote. */
  end: number;
}

/**
 * Reads a string of JSON. A raw line break or tab in it is let through, as fpjson does (assumed); a lone surrogate is made
 * a replacement character, as it has no UTF-8 and would come back from the database as three characters.
 * @param start after its opening quote
 */
export function readJsonString(text: string, start: number): FoundString {
  let hasEscape = false;
  let hasControl = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) break;
    if (code === BACKSLASH) {
      hasEscape = true;
      at += 1; // what it escapes
      if (text.charCodeAt(at) < SPACE) hasControl = true;
    } else if (code < SPACE) hasControl = true;
  }
  if (at >= text.length) return { value: undefined, end: text.length };
  const raw = text.slice(start, at);
  const value = hasEscape ? unescaped(raw, hasControl) : raw;
  return { value: value?.toWellFormed(), end: at + 1 };
}

/** undefined where an escape is none. */
function unescaped(raw: string, hasControl: boolean): string | undefined {
  if (hasControl) return unescapedBesideControls(raw);
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return undefined;
  }
}

/** What stands behind a backslash, and what is meant. */
const escapes = new Map(
  ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'].map((pair) => [
    pair.charCodeAt(0),
    pair.charCodeAt(1),
  ]),
);

/** JSON.parse refuses raw control characters, and to escape each for it would take many times as long as this. */
function unescapedBesideControls(raw: string): string | undefined {
  const bytes = Buffer.allocUnsafe(2 * raw.length);
  let size = 0;
  for (let at = 0; at < raw.length; at += 1) {
    let code: number | undefined = raw.charCodeAt(at);
    if (code === BACKSLASH) {
      at += 1;
      const escaped = raw.charCodeAt(at);
      code = escaped === LETTER_U ? hexAt(raw, at + 1) : escapes.get(escaped);
      if (code === undefined) return undefined;
      if (escaped === LETTER_U) at += 4;
    }
    bytes[size] = code & 0xff;
    bytes[size + 1] = code >> 8;
    size += 2;
  }
  return bytes.toString('utf16le', 0, size);
}

/** The value of four hexadecimal digits. */
function hexAt(text: string, start: number): number | undefined {
  let value = 0;
  for (let at = start; at < start + 4; at += 1) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit === undefined) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function digitOf(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}
