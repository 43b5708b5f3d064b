import type { Json } from './json.ts';

const highest = 2n ** 63n - 1n;

/** True for a whole number that so many bits, one of them the sign, can hold. */
export function fitsBits(value: bigint, bits: number): boolean {
  const limit = 2n ** BigInt(bits - 1);
  return value >= -limit && value < limit;
}

/** An ID out of a body: a positive whole number or its text; undefined when it is none. */
export function readLookupId(value: Json): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint')
    return undefined;
  const text = String(value).trim();
  // zeros in front are taken (recorded: `000`); BigInt takes quadratic time, so a long text must not reach it
  const digits = text.replace(/^0+(?=\d)/, '');
  if (!/^\d{1,19}$/.test(digits)) return undefined;
  const id = BigInt(digits);
  return id > 0n && id <= highest ? id : undefined;
}
