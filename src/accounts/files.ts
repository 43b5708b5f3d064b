import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const writable = 'Let the user that runs Mockjet write there, or choose another directory';

/** The folder of account files. */
export interface AccountFiles {
  /** Where an account's database is or will be. */
  path(apiKey: string): string;
  exists(apiKey: string): boolean;
  /** Paths of all account databases. */
  all(): string[];
  /** Puts a whole database in an account's place, which must be closed once the draft is prepared. After a kill there is the old one or the new. */
  replace(apiKey: string, bytes: Buffer, prepare?: (draft: string) => void): void;
  remove(apiKey: string): void;
  /** Lets another process use the folder. */
  unlock(): void;
}

/**
 * Takes a data directory for this process.
 * @throws Error that names the folder when it can't be written or another Mockjet has it
 */
export function openAccountFiles(dataDirectory: string): AccountFiles {
  const folder = join(dataDirectory, 'accounts');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Error(
      `Cannot write to the data directory ${dataDirectory}: ${(error as Error).message}. ${writable}`,
      { cause: error },
    ); // fs throws Errors
  }
  const lock = lockFolder(dataDirectory);
  const path = (apiKey: string) => join(folder, `${fileStem(apiKey)}.sqlite`);
  return {
    path,
    exists: (apiKey) => existsSync(path(apiKey)),
    all: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.sqlite'))
        .map((name) => join(folder, name)),
    replace(apiKey, bytes, prepare) {
      const draft = `${path(apiKey)}.new`;
      writeFileSync(draft, bytes, { flush: true });
      prepare?.(draft);
      removeLogs(path(apiKey));
      renameSync(draft, path(apiKey));
    },
    remove(apiKey) {
      rmSync(path(apiKey), { force: true });
      removeLogs(path(apiKey));
    },
    unlock: () => lock.close(),
  };
}

function removeLogs(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

/** A lock that ends with the process, however it ends: SQLite's own on a file of no other use. */
function lockFolder(folder: string) {
  try {
    const lock = new Sqlite(join(folder, 'lock.sqlite'), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (x); COMMIT;');
    return lock;
  } catch (error) {
    const isBusy = (error as { code?: string }).code === 'SQLITE_BUSY'; // better-sqlite3 names its errors so
    throw new Error(
      isBusy
        ? `Another Mockjet uses the data directory ${folder}: stop it, or choose another directory`
        : `Cannot write to the data directory ${folder}: ${(error as Error).message}. ${writable}`, // better-sqlite3 throws Errors
      { cause: error },
    );
  }
}

/** Keys as Mailjet makes them name their file; any other text is hashed, so that no key reaches another folder. */
export function fileStem(apiKey: string): string {
  const plain = /^[a-z0-9_-]{1,64}$/.test(apiKey);
  return plain ? apiKey : `~${createHash('sha256').update(apiKey).digest('hex').slice(0, 32)}`;
}
