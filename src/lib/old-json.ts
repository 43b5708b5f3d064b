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

const special = /["\\/\x00-\x1f]/;
const specials = /["\\/\x00-\x1f]/g;
const escapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function quoteOld(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  const escaped = text.replace(
    specials,
    (character) =>
      escapes[character] ??
      `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `"${escaped}"`;
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
