import { createHash, randomBytes } from 'node:crypto';

/** A source of bytes: the machine's, or a reproducible one. */
export interface Random {
  /** `length` bytes, no more than 64 at a time. */
  bytes(length: number): Buffer;
}

/** Unpredictable without a seed; with one, the same sequence every time. */
export function createRandom(seed?: string): Random {
  if (seed === undefined) return { bytes: (length) => randomBytes(length) };
  let turn = 0;
  return {
    bytes(length) {
      turn += 1;
      return createHash('sha512').update(`${seed}/${turn}`).digest().subarray(0, length);
    },
  };
}

/** A lower-case v4 UUID, as the new back end's `X-Mj-Request-Guid`. */
export function guid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `length` characters of `[a-z0-9]`, or of its first `size` characters. */
export function randomText(random: Random, length: number, size = alphabet.length): string {
  return Array.from(random.bytes(length), (byte) => alphabet[byte % size]).join('');
}
