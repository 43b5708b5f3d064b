import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
  /** A sentence where the folder is not the one any more that was taken at the start. */
  trouble(): string | undefined;
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
    ownFolder(dataDirectory);
    ownFolder(folder);
  } catch (error) {
    throw new Error(
      `Cannot write to the data directory ${dataDirectory}: ${(error as Error).message}. ${writable}`,
      { cause: error },
    ); // fs throws Errors
  }
  const lock = lockFolder(dataDirectory);
  removeDrafts(folder);
  const path = (apiKey: string) => join(folder, `${fileStem(apiKey)}.sqlite`);
  return {
    path,
    exists: (apiKey) => existsSync(path(apiKey)),
    all: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.sqlite'))
        .map((name) => join(folder, name)),
    replace(apiKey, bytes, prepare) {
      writeWhole(path(apiKey), bytes, (draft) => {
        prepare?.(draft);
        removeLogs(path(apiKey));
      });
    },
    remove(apiKey) {
      rmSync(path(apiKey), { force: true });
      removeLogs(path(apiKey));
    },
    trouble() {
      if (lock.isHeld() && existsSync(folder)) return undefined;
      return `The data directory ${dataDirectory} was removed or exchanged while Mockjet ran: start it anew`;
    },
    unlock: lock.end,
  };
}

/** A folder that this process can write to, and nobody else can read where it is made here. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // an attempt tells more than permissions do: of a mount that is read-only, of root, of other rules
  const attempt = join(folder, '.writable');
  closeSync(openSync(attempt, 'w'));
  rmSync(attempt);
}

/** Writes a file beside its place and moves it there: after a kill, or where there is no room, the old one is left. */
export function writeWhole(
  path: string,
  bytes: Buffer,
  prepare: (draft: string) => void = () => undefined,
): void {
  const draft = `${path}${draftSuffix}`;
  try {
    // a journal that a kill left behind would be taken for that of the new draft
    removeLogs(draft);
    writeFileSync(draft, bytes, { flush: true, mode: 0o600 });
    prepare(draft);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    removeLogs(draft);
    throw error;
  }
}

const draftSuffix = '.new';

/** Removes what a kill left of files that were being written. */
export function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder))
    if (/\.sqlite\.new(-journal|-wal|-shm)?$/.test(name))
      rmSync(join(folder, name), { force: true });
}

function removeLogs(path: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}

/** A lock that ends with the process, however it ends: SQLite's own on a file of no other use. */
function lockFolder(folder: string) {
  const path = join(folder, 'lock.sqlite');
  try {
    closeSync(openSync(path, 'a', 0o600));
    const lock = new Sqlite(path, { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (x); COMMIT;');
    const { ino } = statSync(path);
    return {
      isHeld: () => statSync(path, { throwIfNoEntry: false })?.ino === ino,
      end: () => lock.close(),
    };
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
