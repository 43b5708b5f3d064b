import type { Json, JsonObject } from '../lib/json.ts';

/**
 * One entry of a JSON error file: the contact as it came, and `Error`. No sample of the file was ever found; that it
 * is an array of these, spaced as the old back end spaces, is assumed.
 */
export function writeErrorItem(item: JsonObject): string {
  return spaced(item);
}

function spaced(value: Json): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, member]) => `${JSON.stringify(key)} : ${spaced(member)}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value ?? null);
}
