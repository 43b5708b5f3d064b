import type { Database } from 'better-sqlite3';
import { countContacts, imageWithoutSecret, openAccountImage } from './image.ts';

const pageSize = 16; // offsets in the header of a SQLite file
const pageCount = 28;

/**
 * Bytes of which every entry of an index is compared with its row. More would keep others waiting for a second or two;
 * there only the pages are checked, and what an index lacks its owner notices alone.
 */
const thoroughUpTo = 16 * 1024 * 1024;

/** Bytes that proved to be an account. */
export interface CheckedImage {
  /** The account without its secret, brought to today's schema. */
  bytes: Buffer;
  contacts: number;
}

/**
 * Looks whether bytes that came from outside, or lay on a disk, are an account's database: SQLite, sound, with our
 * tables and nothing else, with an owner and values that we can work with.
 * @throws Error in plain words
 */
export function checkImage(bytes: Buffer): CheckedImage {
  if (!hasHeader(bytes)) throw new Error('The bytes are no SQLite database');
  if (!isWhole(bytes)) throw new Error('The database is damaged: bytes are missing');
  const db = openAccountImage(bytes, { apiKey: '', secretKey: '', madeBy: '', sub: undefined });
  try {
    const check = bytes.length > thoroughUpTo ? 'quick_check' : 'integrity_check';
    const problem = db.pragma(`${check}(1)`, { simple: true });
    if (problem !== 'ok') throw new Error(`The database is damaged: ${problem}`);
    const [dangling] = db.pragma('foreign_key_check') as { table: string }[]; // documented columns
    if (dangling !== undefined)
      throw new Error(`The database is damaged: a row of ${dangling.table} refers to nothing`);
    checkAccountRow(db);
    dropStatistics(db);
    return { bytes: imageWithoutSecret(db), contacts: countContacts(db) };
  } finally {
    db.close();
  }
}

function hasHeader(bytes: Buffer): boolean {
  return bytes.length >= 100 && bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3';
}

/** False for a database that was cut off. */
function isWhole(bytes: Buffer): boolean {
  const size = bytes.readUInt16BE(pageSize);
  return bytes.length === bytes.readUInt32BE(pageCount) * (size === 1 ? 65_536 : size);
}

/** The name is shown to others, and the seed is hashed for each identifier: both must be short. */
function checkAccountRow(db: Database): void {
  const odd = db
    .prepare(
      'SELECT 1 FROM account WHERE length(randomSeed) > 1000 OR length(Name) > 200 OR randomTurn NOT BETWEEN 0 AND 1e15',
    )
    .get();
  if (odd !== undefined)
    throw new Error('The database is no account of Mockjet: its name or source of IDs is odd');
}

/** What ANALYZE left would decide how our queries run. */
function dropStatistics(db: Database): void {
  for (const table of ['sqlite_stat1', 'sqlite_stat4']) db.exec(`DROP TABLE IF EXISTS ${table}`);
}
