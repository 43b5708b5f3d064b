import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import Sqlite, { type Database, type Options } from 'better-sqlite3';
import { remedyFor } from './disk-failure.ts';
import { migrate } from './migrate.ts';
import { checkSchema, schemaOf } from './own-schema.ts';
import { schemaOfBytes, schemaOfFile } from './schema-pages.ts';
import { createSpares } from './spares.ts';

let schema: string | undefined;

/** A new in-memory database with today's schema. It grows as far as memory does. */
export const openMemory = createSpares(makeMemory);

function makeMemory(): Database {
  const db = new Sqlite(':memory:');
  if (schema === undefined) {
    migrate(db);
    schema = sqlOf(db);
  } else db.exec(schema);
  db.pragma('foreign_keys = ON');
  return db;
}

/** The SQL that makes an empty database like this one, in half the time of the steps that led to it. */
function sqlOf(db: Database): string {
  const { rows, version } = schemaOf(db);
  // SQLite makes its own by itself
  const objects = rows.filter(({ name }) => !name.startsWith('sqlite_')).map(({ sql }) => sql);
  return ['BEGIN', ...objects, `PRAGMA user_version = ${version}`, 'COMMIT'].join(';\n');
}

/**
 * An in-memory database out of the bytes of a database file, brought to today's schema. SQLite lets it grow to 1 GB.
 * Nothing that the bytes bring with them is run: a schema that is not ours to the letter is refused.
 * @throws Error in plain words when the bytes are no sound database
 */
export function openImage(bytes: Buffer): Database {
  let db: Database | undefined;
  try {
    checkSchema(schemaOfBytes(bytes));
    db = openChecked(bytes);
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
 * Opens a database file and brings it to today's schema. A file that is refused stays as it is.
 * @throws Error whose message names the file and says what can be done
 */
export function openFile(path: string): Database {
  let db: Database | undefined;
  try {
    checkFile(path);
    // SQLite would open it for reading alone, and fail at the first write
    closeSync(openSync(path, 'r+'));
    db = openChecked(path);
    // A process that is killed loses nothing that was committed; see docs/decisions for power cuts.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -16000');
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

/**
 * Looks whether a file is a database of ours, and changes nothing of it.
 * @throws Error in plain words, without the file's name
 */
export function checkFile(path: string): void {
  // a pipe would be waited for without end
  if (!statSync(path).isFile()) throw new Error('it is no file');
  const hasLog = ['-wal', '-journal'].some((suffix) => existsSync(`${path}${suffix}`));
  // what the log says of the schema counts, and only SQLite can tell
  if (hasLog) openChecked(path, { readonly: true }).close();
  else checkSchema(schemaOfFile(path));
}

/** A database whose schema was looked at before anything else. @throws Error when it is not ours */
export function openChecked(from: string | Buffer, options: Options = {}): Database {
  const db = new Sqlite(from, typeof from === 'string' ? { ...options, fileMustExist: true } : {});
  try {
    checkSchema(schemaOf(db));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
