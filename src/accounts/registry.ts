import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { createRandom, newSeed } from '../lib/random.ts';
import { sameText } from '../lib/same-text.ts';
import { type Account, createAccount, type Keys, randomOf } from './account.ts';
import { openFile, openImage, openMemory } from './database.ts';
import { openAccountFiles } from './files.ts';
import { birthOfSeeded, fillFreshAccount } from './fresh.ts';
import { checkImage, claim, imageOf, openAccountImage, packed } from './image.ts';
import type { RegistryOptions } from './registry-options.ts';

export interface Registry {
  /** The account behind a key pair, made on first use where that is allowed; undefined refuses. */
  authenticate(apiKey: string, secretKey: string): Account | undefined;
  /** Makes an account. @throws Error when the key is taken */
  create(keys: Keys, options?: { name?: string | undefined; idSeed?: string | undefined }): Account;
  find(apiKey: string): Account | undefined;
  remove(account: Account): void;
  /** Makes an account what it was when it was new, IDs and clock too. */
  reset(account: Account): void;
  /** The account's database as the bytes of a file. */
  copy(account: Account): Buffer;
  /** Puts another database in the place of the account's; keys stay its own. @throws Error when the bytes are no account */
  restore(account: Account, bytes: Buffer): void;
  /** Opens every account file of the data directory; returns what failed. */
  openAll(): Error[];
  accounts(): Account[];
  close(): void;
}

/** How an account is made. */
interface Making {
  name?: string | undefined;
  idSeed?: string | undefined;
  /** It is never put away. */
  isKept?: boolean;
}

const defaultOpenAccounts = 500;

/** All accounts of a server. */
export function createRegistry(options: RegistryOptions = {}): Registry {
  const known = new Map<string, Account>();
  /** Open accounts that may be put away, in the order of their last use. */
  const opened = new Set<Account>();
  /** Databases of accounts that are put away, where there are no files. */
  const putAway = new Map<Account, Buffer>();
  const seeds = new Map<Account, string>();
  /** Accounts that were asked for by name, which stay open. */
  const made = new Set<Account>();
  const files =
    options.dataDirectory === undefined ? undefined : openAccountFiles(options.dataDirectory);

  const touch = (account: Account) => {
    opened.delete(account);
    if (!made.has(account)) opened.add(account);
  };

  const admit = (account: Account, db: Database, random = randomOf(db)): Account => {
    account.adopt(db, random);
    const { Name } = account.sql('SELECT Name FROM account').get() as { Name: string }; // the one row
    account.name = Name;
    known.set(account.apiKey, account);
    touch(account);
    options.onOpen?.(account);
    return account;
  };

  const seedFor = (apiKey: string, idSeed = options.idSeed) =>
    idSeed === undefined ? newSeed() : `${idSeed}/${apiKey}`;

  const openFresh = (account: Account): Account => {
    const random = createRandom(seeds.get(account));
    const db = openMemory();
    account.adopt(db, random);
    // what is reproducible must not tell when it was made
    if (random.seed.includes('/')) account.clock.freeze(birthOfSeeded);
    fillFreshAccount(account, account.name);
    options.fill?.(account);
    account.clock.reset();
    account.noteRandom();
    if (files === undefined) return admit(account, db, random);
    // made whole in memory first: a kill leaves the account as it was, or new
    files.replace(account.apiKey, db.serialize());
    db.close();
    return admit(account, openFile(files.path(account.apiKey)), random);
  };

  const make = (
    keys: Keys,
    { name = keys.apiKey, idSeed, isKept = false }: Making = {},
  ): Account => {
    const account = createAccount({ apiKey: keys.apiKey, secretKey: keys.secretKey });
    account.name = name;
    seeds.set(account, seedFor(keys.apiKey, idSeed));
    if (isKept) made.add(account);
    return openFresh(account);
  };

  const openStored = (path: string): Account => {
    const db = openFile(path);
    const stored = db
      .prepare<[], Keys>('SELECT APIKey AS apiKey, SecretKey AS secretKey FROM account')
      .get();
    if (stored === undefined) {
      db.close();
      throw new Error(
        `The file ${path} is no account of Mockjet: move it out of the data directory`,
      );
    }
    const account = createAccount(stored);
    const random = randomOf(db);
    seeds.set(account, random.seed);
    return admit(account, db, random);
  };

  const wake = (account: Account): Account => {
    if (account.isOpen) return account;
    if (files !== undefined) return admit(account, openFile(files.path(account.apiKey)));
    const image = putAway.get(account);
    putAway.delete(account);
    // without one it was reset while it was put away
    if (image === undefined) return openFresh(account);
    return admit(account, openImage(inflateRawSync(image)));
  };

  const close = (account: Account) => {
    opened.delete(account);
    if (!account.isOpen) return;
    options.onClose?.(account);
    account.close();
  };

  /** @param used the account that is about to be used, which stays */
  const putAwayIdle = (used?: Account) => {
    const limit = options.openAccounts ?? defaultOpenAccounts;
    if (opened.size <= limit) return;
    for (const account of opened) {
      if (opened.size <= limit) return;
      if (account === used || options.isIdle?.(account) === false) continue;
      if (files === undefined) putAway.set(account, packed(copy(account)));
      close(account);
    }
  };

  const copy = (account: Account): Buffer => {
    account.noteRandom();
    return imageOf(account.db);
  };

  const find = (apiKey: string): Account | undefined => {
    const account = known.get(apiKey);
    if (account === undefined && !files?.exists(apiKey)) return undefined;
    const awake = account === undefined ? openStored(files?.path(apiKey) ?? '') : wake(account);
    touch(awake);
    putAwayIdle(awake);
    return awake;
  };

  const registry: Registry = {
    authenticate(apiKey, secretKey) {
      if (apiKey === '' || secretKey === '') return undefined;
      const account = find(apiKey);
      if (account !== undefined)
        return sameText(account.secretKey, secretKey) ? account : undefined;
      if (options.keys !== undefined) return undefined;
      const fresh = make({ apiKey, secretKey });
      putAwayIdle(fresh);
      return fresh;
    },
    create(keys, making = {}) {
      if (find(keys.apiKey) !== undefined)
        throw new Error(`There is an account with the key ${keys.apiKey} already`);
      return make(keys, { ...making, isKept: true });
    },
    find,
    remove(account) {
      close(account);
      known.delete(account.apiKey);
      putAway.delete(account);
      made.delete(account);
      seeds.delete(account);
      files?.remove(account.apiKey);
    },
    reset(account) {
      const wasOpen = account.isOpen;
      close(account);
      putAway.delete(account);
      account.clock.reset();
      if (!wasOpen && files === undefined) return; // made at its next use
      openFresh(account);
      putAwayIdle(wasOpen ? account : undefined);
    },
    copy: (account) => copy(wake(account)),
    restore(account, bytes) {
      if (files === undefined) {
        const db = openAccountImage(bytes, account);
        close(account);
        putAway.delete(account);
        admit(account, db);
        return;
      }
      // a file on a disk may have been cut off, changed or exchanged since it was saved
      checkImage(bytes);
      // the account stays as it is until the draft has proved to be one
      files.replace(account.apiKey, bytes, (draft) => {
        const db = openFile(draft);
        try {
          claim(db, account);
        } finally {
          db.close();
        }
        close(account);
      });
      admit(account, openFile(files.path(account.apiKey)));
    },
    openAll() {
      const failures: Error[] = [];
      const open = new Set([...known.keys()].map((apiKey) => files?.path(apiKey)));
      for (const path of files?.all() ?? []) {
        try {
          if (!open.has(path)) openStored(path);
        } catch (error) {
          failures.push(error as Error); // openFile throws nothing else
        }
        putAwayIdle();
      }
      return failures;
    },
    accounts: () => [...known.values()],
    close() {
      for (const account of known.values()) close(account);
      known.clear();
      files?.unlock();
    },
  };

  if (options.keys !== undefined) {
    const configured = find(options.keys.apiKey) ?? make(options.keys);
    made.add(configured);
    touch(configured);
    // the pair that is configured today is the one that gets in
    if (configured.secretKey !== options.keys.secretKey) {
      configured.secretKey = options.keys.secretKey;
      configured.sql('UPDATE account SET SecretKey = ?').run(configured.secretKey);
    }
  }
  return registry;
}
