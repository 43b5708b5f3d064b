import { deflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Account } from './account.ts';
import { openImage } from './database.ts';

const writeVersion = 18; // offsets in the header of a SQLite file
const readVersion = 19;

/** A database as the bytes of a file that any SQL client opens, wherever it lies: no write-ahead log is asked for. */
export function imageOf(db: Database): Buffer {
  const bytes = db.serialize();
  bytes[writeVersion] = 1;
  bytes[readVersion] = 1;
  return bytes;
}

/**
 * The same without the secrets of the account and of the keys that it made, for a file that may be handed on: not even a page's free space holds it.
 * The database stays as it is.
 */
export function imageWithoutSecret(db: Database): Buffer {
  db.pragma('secure_delete = ON');
  try {
    return db.memory ? blankedAndBack(db) : blankedForNow(db);
  } finally {
    db.pragma('secure_delete = OFF');
  }
}

/** What is not committed yet is in the copy of a file, and after a crash the file has its secret. */
function blankedForNow(db: Database): Buffer {
  db.exec('BEGIN IMMEDIATE');
  try {
    writeAnew(db, secretRows(db), true);
    return imageOf(db);
  } finally {
    db.exec('ROLLBACK');
  }
}

/** SQLite copies a database that it was given as bytes without what is not committed yet. */
function blankedAndBack(db: Database): Buffer {
  const rows = secretRows(db);
  const store = db.transaction((isBlank: boolean) => writeAnew(db, rows, isBlank));
  store(true);
  try {
    return imageOf(db);
  } finally {
    store(false);
  }
}

type SecretRows = ReadonlyMap<string, readonly Record<string, unknown>[]>;

/** The rows that hold secrets: the account's own, and those of the keys that it made. */
function secretRows(db: Database): SecretRows {
  const rowsOf = (table: string) =>
    db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).safeIntegers(true).all();
  return new Map(['account', 'subkey'].map((table) => [table, rowsOf(table)]));
}

/** Writes rows anew, since an emptied table's page is overwritten whole. */
function writeAnew(db: Database, rows: SecretRows, isBlank: boolean): void {
  for (const [table, all] of rows) {
    db.exec(`DELETE FROM ${table}`);
    for (const row of all) {
      const columns = Object.keys(row);
      db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ).run(...Object.values(isBlank ? { ...row, SecretKey: '' } : row));
    }
  }
}

/** What stays an account's own when it takes another database. */
type Owner = Pick<Account, 'apiKey' | 'secretKey' | 'madeBy' | 'sub'>;

/**
 * Makes an account's database the given keys' own.
 * @throws Error in plain words when it is no account
 */
export function claim(db: Database, { apiKey, secretKey, madeBy, sub }: Owner): void {
  const row = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM account').get();
  if (row?.n !== 1) throw new Error('The database is no account of Mockjet: it has no owner');
  db.prepare(
    `UPDATE account SET APIKey = ?, SecretKey = ?, madeBy = ?, masterKey = ?, ID = coalesce(?, ID), IsActive = ?`,
  ).run(
    apiKey,
    secretKey,
    madeBy,
    sub?.masterKey ?? '',
    sub?.id ?? null,
    sub?.isActive === false ? 0 : 1,
  );
}

/** Opens the bytes of an account's database in memory, as the given keys' own. @throws Error in plain words */
export function openAccountImage(bytes: Buffer, owner: Owner): Database {
  const db = openImage(bytes);
  try {
    claim(db, owner);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function countContacts(db: Database): number {
  const row = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM contact').get();
  return row?.n ?? 0;
}

/** Deflated, in memory of its own size: zlib's has room for more, and Node's pool is kept for its smallest part. */
export function packed(bytes: Buffer): Buffer {
  const deflated = deflateRawSync(bytes, { level: 1 });
  const exact = Buffer.allocUnsafeSlow(deflated.length);
  deflated.copy(exact);
  return exact;
}
