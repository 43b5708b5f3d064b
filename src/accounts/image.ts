import type { Database } from 'better-sqlite3';
import { openImage, openMemory } from './database.ts';

const writeVersion = 18; // offsets in the header of a SQLite file
const readVersion = 19;
const userVersion = 60;

/** A database as the bytes of a file that any SQL client opens, wherever it lies: no write-ahead log is asked for. */
export function imageOf(db: Database): Buffer {
  const bytes = db.serialize();
  bytes[writeVersion] = 1;
  bytes[readVersion] = 1;
  return bytes;
}

/**
 * Opens the bytes of an account's database, and makes the account the given keys' own.
 * @returns the database in memory, and its bytes: those given where nothing had to be changed
 * @throws Error in plain words when they are no account
 */
export function openAccountImage(
  given: Buffer,
  keys: { apiKey: string; secretKey: string },
): { db: Database; bytes: () => Buffer } {
  const db = openImage(given);
  const owners = db
    .prepare<[], { APIKey: string; SecretKey: string }>('SELECT APIKey, SecretKey FROM account')
    .all();
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) {
    db.close();
    throw new Error('The database is no account of Mockjet: it has no owner');
  }
  const isOwn = owner.APIKey === keys.apiKey && owner.SecretKey === keys.secretKey;
  if (!isOwn)
    db.prepare('UPDATE account SET APIKey = ?, SecretKey = ?').run(keys.apiKey, keys.secretKey);
  const isOfToday = given.readUInt32BE(userVersion) === db.pragma('user_version', { simple: true });
  return { db, bytes: () => (isOwn && isOfToday ? given : imageOf(db)) };
}

/**
 * Looks whether bytes that came from outside are an account's database: SQLite, sound, with our tables and an owner.
 * @returns how many contacts it has
 * @throws Error in plain words
 */
export function checkImage(bytes: Buffer): number {
  if (bytes.subarray(0, 15).toString('latin1') !== 'SQLite format 3')
    throw new Error('The bytes are no SQLite database');
  const { db } = openAccountImage(bytes, { apiKey: '', secretKey: '' });
  try {
    const problem = db.pragma('integrity_check(1)', { simple: true });
    if (problem !== 'ok') throw new Error(`The database is damaged: ${problem}`);
    const [dangling] = db.pragma('foreign_key_check') as { table: string }[]; // documented columns
    if (dangling !== undefined)
      throw new Error(`The database is damaged: a row of ${dangling.table} refers to nothing`);
    checkSchema(db);
    return countContacts(db);
  } finally {
    db.close();
  }
}

export function countContacts(db: Database): number {
  const row = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM contact').get();
  return row?.n ?? 0;
}

/** Every table, view, index and trigger must be ours; a trigger of somebody else could do anything. */
function checkSchema(db: Database): void {
  const model = openMemory();
  const ours = schemaOf(model);
  model.close();
  const given = schemaOf(db);
  const missing = [...ours].find((entry) => !given.has(entry));
  const foreign = [...given].find((entry) => !ours.has(entry));
  const entry = missing ?? foreign;
  if (entry === undefined) return;
  const name = entry.split('\n', 1)[0];
  throw new Error(
    `The database is no account of Mockjet: the ${name} is ${missing === undefined ? 'not ours' : 'missing or changed'}`,
  );
}

function schemaOf(db: Database): Set<string> {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string | null }>(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'",
    )
    .all();
  return new Set(rows.map(({ type, name, sql }) => `${type} ${name}\n${sql ?? ''}`));
}
