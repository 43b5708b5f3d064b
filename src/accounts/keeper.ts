import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Random } from '../lib/random.ts';
import { timeBudget } from '../lib/stopwatch.ts';
import { type Account, randomOf } from './account.ts';
import { makeDatabase } from './making.ts';
import { accountsThatFit, lacksFiles } from './open-files.ts';
import { createOpenedAccounts } from './opened.ts';
import type { RegistryOptions } from './registry-options.ts';
import { openStored, storeInFiles, storeInMemory } from './storage.ts';

/** The accounts of a server: which there are, and which of them are open. */
export interface Keeper {
  /** Every account that was used or opened since the start, by its key. */
  readonly known: ReadonlyMap<string, Account>;
  /** An account by its key, open or not, also one that so far is a file alone. @throws Error when its file can't be opened */
  find(apiKey: string): Account | undefined;
  /** Makes the database of an account: a new one, or one that is to be as it was when it was new. */
  make(account: Account): Account;
  /** Opens an account where it was put away, and takes note that it is used. */
  wake(account: Account): Account;
  /** Makes a known account new; one that is put away at its next use, where that is possible. */
  renew(account: Account): void;
  /** Puts another database in the place of the account's. @throws Error when the bytes are no account */
  replace(account: Account, bytes: Buffer): void;
  remove(account: Account): void;
  /** Opens every file, a few at a time, so that jobs go on; one without work is closed again. Returns what failed. */
  openAll(): Promise<Error[]>;
  /** What keeps accounts from being stored, in a sentence. */
  trouble(): string | undefined;
  close(): void;
}

const defaultOpenAccounts = 500;

/** What the control API takes as an account's name, characters; a file may hold any. */
const longestName = 200;

/** How long files are opened before others have their turn, ms. */
const openingSlice = 5;

/** Keeps accounts in memory or in the files of a folder. @throws Error when the folder can't be used */
export function createKeeper(options: RegistryOptions): Keeper {
  const { dataDirectory, openAccounts = defaultOpenAccounts, isIdle = () => true } = options;
  const known = new Map<string, Account>();
  const knownPaths = new Set<string | undefined>();
  const storage = dataDirectory === undefined ? storeInMemory() : storeInFiles(dataDirectory);
  let isClosed = false;

  const close = (account: Account) => {
    opened.forget(account);
    if (!account.isOpen) return;
    options.onClose?.(account);
    account.close();
  };

  const opened = createOpenedAccounts({
    most: dataDirectory === undefined ? openAccounts : accountsThatFit(openAccounts),
    isIdle,
    putAway(account) {
      storage.putAway(account);
      close(account);
    },
  });

  const admit = (account: Account, db: Database, random: Random = randomOf(db)): Account => {
    account.adopt(db, random);
    try {
      const { Name } = account.sql('SELECT Name FROM account').get() as { Name: string }; // the one row
      account.name = Name.slice(0, longestName);
      options.onOpen?.(account);
    } catch (error) {
      close(account);
      throw error;
    }
    known.set(account.apiKey, account);
    knownPaths.add(storage.path(account.apiKey));
    opened.touch(account);
    opened.makeRoom(account);
    return account;
  };

  /** Tries again with fewer accounts open, where the process can have no more files. */
  const withFiles = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!lacksFiles() || !opened.halve()) throw error;
      return work();
    }
  };

  const make = (account: Account): Account => {
    const { db, random } = withFiles(() => makeDatabase(account, storage, options.fill));
    return admit(account, db, random);
  };

  const openPath = (path: string): Account => {
    const { account, db } = withFiles(() => openStored(path, storage));
    return admit(account, db);
  };

  const openAll = async (): Promise<Error[]> => {
    const failures: Error[] = [];
    let hasTime = timeBudget(openingSlice);
    for (const path of storage.all()) {
      if (!hasTime()) {
        await nextTurn();
        hasTime = timeBudget(openingSlice);
      }
      if (isClosed) break;
      if (knownPaths.has(path) || !existsSync(path)) continue;
      try {
        const account = openPath(path);
        if (isIdle(account)) close(account);
      } catch (error) {
        failures.push(error as Error); // openStored throws nothing else
      }
    }
    return failures;
  };
  let opening: Promise<Error[]> | undefined;

  return {
    known,
    find(apiKey) {
      const account = known.get(apiKey);
      if (account !== undefined) return account;
      const path = storage.find(apiKey);
      return path === undefined ? undefined : openPath(path);
    },
    make,
    wake(account) {
      opened.touch(account);
      if (!account.isOpen) {
        const db = withFiles(() => storage.open(account));
        return db === undefined ? make(account) : admit(account, db);
      }
      opened.makeRoom(account);
      return account;
    },
    renew(account) {
      const wasOpen = account.isOpen;
      close(account);
      const canWait = storage.forget(account);
      account.clock.reset();
      if (wasOpen || !canWait) make(account);
    },
    replace(account, bytes) {
      admit(
        account,
        storage.replace(account, bytes, () => close(account)),
      );
    },
    remove(account) {
      close(account);
      known.delete(account.apiKey);
      knownPaths.delete(storage.path(account.apiKey));
      storage.remove(account);
    },
    openAll: () => (opening ??= openAll()),
    trouble: storage.trouble,
    close() {
      isClosed = true;
      for (const account of known.values()) close(account);
      known.clear();
      storage.close();
    },
  };
}
