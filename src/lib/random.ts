import { createHash, randomBytes } from 'node:crypto';

/** A reproducible source of bytes: the same seed and turn give the same sequence. */
export interface Random {
  readonly seed: string;
  /** How many times bytes were drawn. */
  readonly turn: number;
  /** `length` bytes, 64 at most. */
  bytes(length: number): Buffer;
}

/** A seed that nobody can foresee. */
export function newSeed(): string {
  return randomBytes(16).toString('hex');
}

/** @param turn where an earlier source of the same seed had come to */
export function createRandom(seed = newSeed(), turn = 0): Random {
  let drawn = turn;
  return {
    seed,
    get turn() {
      return drawn;
    },
    bytes(length) {
      drawn += 1;
      return createHash('sha512').update(`${seed}/${drawn}`).digest().subarray(0, length);
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
