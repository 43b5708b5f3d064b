import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { type Account, createAccount, type MadeBy, randomOf } from './account.ts';
import { checkImage } from './check-image.ts';
import { openFile, openImage } from './database.ts';
import { openAccountFiles } from './files.ts';
import { claim, imageOf, openAccountImage, packed } from './image.ts';

/** What the row of an account says of it. */
interface StoredAccount {
  apiKey: string;
  secretKey: string;
  madeBy: MadeBy;
  masterKey: string;
  id: number;
  isActive: number;
}

/** Where databases are while nobody uses them: in memory, or in a folder. */
export interface Storage {
  /** Opens the database of an account that was put away; undefined where it is to be made anew. */
  open(account: Account): Database | undefined;
  /** Keeps a database that was made in memory, in the place of the account's; returns the one to go on with. */
  settle(account: Account, db: Database): Database;
  /** Keeps what an open account holds, before it is closed. */
  putAway(account: Account): void;
  /**
   * Puts bytes in the place of the account's database.
   * @param close closes the old one, once the new one has proved to be sound
   * @throws Error in plain words when they are no account; then nothing has changed
   */
  replace(account: Account, bytes: Buffer, close: () => void): Database;
  remove(account: Account): void;
  /** Forgets what an account that is put away held. False where its database has to be made anew at once. */
  forget(account: Account): boolean;
  /** The file of an account that was not opened yet; undefined where there is none. */
  find(apiKey: string): string | undefined;
  /** Where an account's file belongs; undefined in memory. */
  path(apiKey: string): string | undefined;
  /** All files that may be accounts. */
  all(): string[];
  /** What keeps accounts from being stored, in a sentence; undefined where all is well. */
  trouble(): string | undefined;
  close(): void;
}

/** Databases in memory: deflated while they are put away. */
export function storeInMemory(): Storage {
  const images = new Map<Account, Buffer>();
  return {
    open(account) {
      const image = images.get(account);
      images.delete(account);
      return image && openImage(inflateRawSync(image));
    },
    settle: (_account, db) => db,
    putAway(account) {
      account.noteRandom();
      images.set(account, packed(imageOf(account.db)));
    },
    replace(account, bytes, close) {
      const db = openAccountImage(bytes, account);
      close();
      images.delete(account);
      return db;
    },
    remove: (account) => void images.delete(account),
    forget(account) {
      images.delete(account);
      return true;
    },
    find: () => undefined,
    path: () => undefined,
    all: () => [],
    trouble: () => undefined,
    close: () => images.clear(),
  };
}

/** Databases in the files of a folder. @throws Error that names the folder when it can't be used */
export function storeInFiles(dataDirectory: string): Storage {
  const files = openAccountFiles(dataDirectory);
  const open = ({ apiKey }: Account) => openFile(files.path(apiKey));
  return {
    open,
    settle(account, db) {
      // made whole in memory first: a kill leaves the account as it was, or new
      files.replace(account.apiKey, db.serialize());
      db.close();
      return open(account);
    },
    putAway: () => undefined,
    replace(account, bytes, close) {
      // a file on a disk may have been cut off, changed or exchanged since it was saved
      const checked = checkImage(bytes);
      files.replace(account.apiKey, checked.bytes, (draft) => {
        const db = openFile(draft);
        try {
          claim(db, account);
        } finally {
          db.close();
        }
        close();
      });
      return open(account);
    },
    remove: ({ apiKey }) => files.remove(apiKey),
    forget: () => false,
    find: (apiKey) => (files.exists(apiKey) ? files.path(apiKey) : undefined),
    path: files.path,
    all: files.all,
    trouble: files.trouble,
    close: files.unlock,
  };
}

/**
 * Opens an account that so far is a file alone.
 * @throws Error that names the file where it is no account, or not in its own place: a copy beside an account's file
 *   must never take that one's place
 */
export function openStored(path: string, storage: Storage): { account: Account; db: Database } {
  const db = openFile(path);
  const stored = db
    .prepare<[], StoredAccount>(
      'SELECT APIKey AS apiKey, SecretKey AS secretKey, madeBy, masterKey, ID AS id, IsActive AS isActive FROM account',
    )
    .get();
  const place = stored && storage.path(stored.apiKey);
  if (stored !== undefined && place === path) {
    const { madeBy, masterKey, id, isActive } = stored;
    const account = createAccount(stored, { madeBy, seed: randomOf(db).seed });
    if (masterKey !== '') account.sub = { masterKey, id, isActive: isActive !== 0 };
    return { account, db };
  }
  db.close();
  throw new Error(
    stored === undefined
      ? `The file ${path} is no account of Mockjet: move it out of the data directory`
      : `The file ${path} holds the account of another file, ${place}: move it out of the data directory`,
  );
}
