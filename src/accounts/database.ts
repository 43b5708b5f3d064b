import Sqlite, { type Database } from 'better-sqlite3';
import { migrate } from './migrate.ts';

let image: Buffer | undefined;

/** A new in-memory database with today's schema: a copy of an image that is made once. */
export function openMemory(): Database {
  if (image === undefined) {
    const model = new Sqlite(':memory:');
    migrate(model);
    image = model.serialize();
    model.close();
  }
  const db = new Sqlite(image);
  db.pragma('foreign_keys = ON');
  return db;
}

/**
 * Opens or creates a database file and brings it to today's schema.
 * @throws Error whose message names the file and says what can be done
 */
export function openFile(path: string): Database {
  try {
    const db = new Sqlite(path);
    // A process that is killed loses nothing that was committed; see docs/decisions for power cuts.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    throw new Error(`Cannot open the account database ${path}: ${(error as Error).message}`, {
      cause: error,
    }); // better-sqlite3 and fs throw Errors
  }
}
