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
 * The same without the account's secret, for a file that may be handed on: not even a page's free space holds it.
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
    storeSecret(db, '');
    return imageOf(db);
  } finally {
    db.exec('ROLLBACK');
  }
}

/** SQLite copies a database that it was given as bytes without what is not committed yet. */
function blankedAndBack(db: Database): Buffer {
  const store = db.transaction((secretKey: string) => storeSecret(db, secretKey));
  const secretKey = store('');
  try {
    return imageOf(db);
  } finally {
    store(secretKey);
  }
}

/** Writes the account's row anew, since an emptied table's page is overwritten whole. Returns the secret that it had. */
function storeSecret(db: Database, secretKey: string): string {
  const row = db
    .prepare<[], { SecretKey: string }>('SELECT * FROM account')
    .safeIntegers(true)
    .get();
  if (row === undefined) return '';
  db.exec('DELETE FROM account');
  const columns = Object.keys(row);
  db.prepare(
    `INSERT INTO account (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  ).run(...Object.values({ ...row, SecretKey: secretKey }));
  return row.SecretKey;
}

/** What stays an account's own when it takes another database. */
type Owner = Pick<Account, 'apiKey' | 'secretKey' | 'madeBy'>;

/**
 * Makes an account's database the given keys' own.
 * @throws Error in plain words when it is no account
 */
export function claim(db: Database, { apiKey, secretKey, madeBy }: Owner): void {
  const row = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM account').get();
  if (row?.n !== 1) throw new Error('The database is no account of Mockjet: it has no owner');
  db.prepare('UPDATE account SET APIKey = ?, SecretKey = ?, madeBy = ?').run(
    apiKey,
    secretKey,
    madeBy,
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
