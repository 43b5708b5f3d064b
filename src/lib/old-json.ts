import { type Json, spaced, writeJson } from './json.ts';

/** Names as they were written before: they are few, but for those that clients make up. */
const names = new Map<string, string>();
const mostNames = 1000;

function nameOld(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const written = `${quoteOld(key)} : `;
  if (names.size < mostNames) names.set(key, written);
  return written;
}

/** What stands behind a backslash instead of a byte, by its code. */
const escapes = Array.from({ length: 256 }, (_, code): Buffer | undefined => {
  const letter = letterOf(String.fromCharCode(code));
  if (letter !== undefined) return Buffer.from(letter);
  return code < 0x20
    ? Buffer.from(`u00${code.toString(16).toUpperCase().padStart(2, '0')}`)
    : undefined;
});

function letterOf(character: string): string | undefined {
  if ('"\\/'.includes(character)) return character;
  const at = '\b\t\n\f\r'.indexOf(character);
  return at < 0 ? undefined : 'btnfr'[at];
}

const backslash = 0x5c;
/** How many bytes a byte is written as. */
const widths = Uint8Array.from(escapes, (written) => 1 + (written?.length ?? 0));

/** By bytes, as a text may have millions of them: to replace one after the other takes ten times as long. */
function quoteOld(text: string): string {
  if (!/["\\/\x00-\x1f]/.test(text)) return `"${text}"`;
  const bytes = Buffer.from(text);
  let size = 0;
  for (let i = 0; i < bytes.length; i += 1) size += widths[bytes[i] ?? 0] ?? 1;
  const written = Buffer.allocUnsafe(size);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    const escaped = widths[byte] === 1 ? undefined : escapes[byte];
    written[at] = escaped === undefined ? byte : backslash;
    at += 1;
    if (escaped === undefined) continue;
    for (let j = 0; j < escaped.length; j += 1, at += 1) written[at] = escaped[j] ?? 0;
  }
  return `"${written.toString()}"`;
}

const style = { ...spaced, name: nameOld, quote: quoteOld };

/**
 * JSON as the old back end (Free Pascal, fpjson) writes it: `{ "A" : 1, "B" : [{ "C" : "x\/y" }] }`.
 * Keys stand in the order given: resources come sorted from their declaration, the exceptions as recorded.
 * Source: 409 recorded bodies.
 */
export function writeOld(value: Json): string {
  return writeJson(value, style);
}
