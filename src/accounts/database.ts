import Sqlite, { type Database } from 'better-sqlite3';
import { remedyFor } from './disk-failure.ts';
import { migrate } from './migrate.ts';

let schema: string | undefined;

/** A new in-memory database with today's schema. It grows as far as memory does. */
export function openMemory(): Database {
  const db = new Sqlite(':memory:');
  if (schema === undefined) {
    migrate(db);
    schema = schemaOf(db);
  } else db.exec(schema);
  db.pragma('foreign_keys = ON');
  return db;
}

/** The SQL that makes an empty database like this one, in half the time of the steps that led to it. */
function schemaOf(db: Database): string {
  const objects = db
    .prepare<[], string>(
      "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND sql <> '' ORDER BY rowid",
    )
    .pluck()
    .all();
  const version = db.pragma('user_version', { simple: true });
  return ['BEGIN', ...objects, `PRAGMA user_version = ${version}`, 'COMMIT'].join(';\n');
}

/**
 * An in-memory database out of the bytes of a database file, brought to today's schema. SQLite lets it grow to 1 GB.
 * @throws Error in plain words when the bytes are no sound database
 */
export function openImage(bytes: Buffer): Database {
  let db: Database | undefined;
  try {
    db = new Sqlite(bytes);
    // its pages are in memory already: better-sqlite3's 16 MB would hold them twice
    db.pragma('cache_size = -2000');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    throw new Error(`These bytes are no account database: ${(error as Error).message}`, {
      cause: error,
    }); // better-sqlite3 throws Errors
  }
}

/**
 * Opens a database file and brings it to today's schema.
 * @throws Error whose message names the file and says what can be done
 */
export function openFile(path: string): Database {
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { fileMustExist: true });
    // an account's file is made whole and put in place, so one without a schema is not ours, or was cut short
    if (db.pragma('user_version', { simple: true }) === 0)
      throw new Error('it is no account of Mockjet');
    // A process that is killed loses nothing that was committed; see docs/decisions for power cuts.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    throw new Error(
      `Cannot open the account database ${path}: ${(error as Error).message}. ${remedyFor(error)}`,
      { cause: error },
    ); // better-sqlite3 and fs throw Errors
  }
}
