import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

type IdRange = readonly [from: number | bigint, spread: number];

/**
 * Where each kind of object starts to count, [from, spread]: sizes as seen in production, and apart from each other,
 * so that an ID of one kind taken for another is not found. Every table that counts by itself has one.
 */
export const idRanges: Readonly<Record<string, IdRange>> = {
  // ours, seen on no path of Mailjet's
  mail: [0, 1],
  event: [0, 1],
  outcome: [0, 1],
  delivery: [0, 1],
  metasender: [800, 200],
  contactfilter: [2_000, 8_000],
  sender: [20_000, 10_000],
  contactslist: [30_000, 20_000],
  contactmetadata: [70_000, 20_000],
  contacthistorydata: [600_000, 200_000],
  preferences: [900_000, 50_000],
  eventcallback: [100_000, 100_000],
  signup: [300_000, 200_000],
  data: [1_000_000, 8_000_000],
  subkey: [2_100_000, 800_000],
  // seven digits in public code
  template: [4_000_000, 2_000_000],
  campaign: [10_000_000, 10_000_000],
  job: [110_000_000, 40_000_000],
  listrecipient: [210_000_000, 20_000_000],
  contact: [250_000_000, 40_000_000],
  domain: [4_700_000_000, 100_000_000],
  // recorded: 17 to 19 digits; beyond 2^53, so that a client that rounds them is seen
  message: [2n ** 60n, 2_000_000_000],
};

/**
 * Gives each table that counts by itself, and has none yet, a start of its own: in a new account, and in one of an older
 * schema for what a migration has added. A start depends on seed and table alone, so that another table shifts none.
 * @param seed of the account's randomness
 */
export function beginCounting(db: Database, seed: string): void {
  const begun = new Set(db.prepare<[], string>('SELECT name FROM sqlite_sequence').pluck().all());
  const begin = db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const [table, [from, spread]] of Object.entries(idRanges)) {
    if (begun.has(table)) continue;
    const drawn = createHash('sha512').update(`${seed}/${table}`).digest().readUInt32BE();
    begin.run(table, BigInt(from) + BigInt(drawn % spread));
  }
}
