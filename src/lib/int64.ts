import type { Json } from './json.ts';

const highest = 2n ** 63n - 1n;

/** An ID out of a body: a positive whole number or its text; undefined when it is none. */
export function readLookupId(value: Json): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint')
    return undefined;
  const text = String(value).trim();
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id > 0n && id <= highest ? id : undefined;
}
