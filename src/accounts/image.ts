import { deflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { openImage } from './database.ts';

const writeVersion = 18; // offsets in the header of a SQLite file
const readVersion = 19;
const pageSize = 16;
const pageCount = 28;

/** A database as the bytes of a file that any SQL client opens, wherever it lies: no write-ahead log is asked for. */
export function imageOf(db: Database): Buffer {
  const bytes = db.serialize();
  bytes[writeVersion] = 1;
  bytes[readVersion] = 1;
  return bytes;
}

/**
 * Makes an account's database the given keys' own.
 * @throws Error in plain words when it is no account
 */
export function claim(db: Database, keys: { apiKey: string; secretKey: string }): void {
  const { n } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM account').get() ?? {
    n: 0,
  };
  if (n !== 1) throw new Error('The database is no account of Mockjet: it has no owner');
  db.prepare('UPDATE account SET APIKey = ?, SecretKey = ?').run(keys.apiKey, keys.secretKey);
}

/** Opens the bytes of an account's database in memory, as the given keys' own. @throws Error in plain words */
export function openAccountImage(
  bytes: Buffer,
  keys: { apiKey: string; secretKey: string },
): Database {
  const db = openImage(bytes);
  try {
    claim(db, keys);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** False for a database that was cut off. */
function isWhole(bytes: Buffer): boolean {
  const size = bytes.readUInt16BE(pageSize);
  return bytes.length === bytes.readUInt32BE(pageCount) * (size === 1 ? 65_536 : size);
}

function hasHeader(bytes: Buffer): boolean {
  return bytes.length >= 100 && bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3';
}

/**
 * Looks whether bytes that came from outside, or lay on a disk, are an account's database: SQLite, sound, with our tables and an owner.
 * @returns how many contacts it has
 * @throws Error in plain words
 */
export function checkImage(bytes: Buffer): number {
  if (!hasHeader(bytes)) throw new Error('The bytes are no SQLite database');
  if (!isWhole(bytes)) throw new Error('The database is damaged: bytes are missing');
  const db = openAccountImage(bytes, { apiKey: '', secretKey: '' });
  try {
    const problem = db.pragma('integrity_check(1)', { simple: true });
    if (problem !== 'ok') throw new Error(`The database is damaged: ${problem}`);
    const [dangling] = db.pragma('foreign_key_check') as { table: string }[]; // documented columns
    if (dangling !== undefined)
      throw new Error(`The database is damaged: a row of ${dangling.table} refers to nothing`);
    return countContacts(db);
  } finally {
    db.close();
  }
}

export function countContacts(db: Database): number {
  const row = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM contact').get();
  return row?.n ?? 0;
}

/** Deflated, in a buffer of its size: zlib's own has room for more. */
export function packed(bytes: Buffer): Buffer {
  return Buffer.from(deflateRawSync(bytes, { level: 1 }));
}
