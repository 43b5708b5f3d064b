import { createHash, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { createRandom, newSeed } from '../lib/random.ts';
import { type Account, createAccount, type Keys, randomOf } from './account.ts';
import { openFile, openImage, openMemory } from './database.ts';
import { openAccountFiles } from './files.ts';
import { fillFreshAccount } from './fresh.ts';

export interface RegistryOptions {
  /** With a pair, only it and accounts made by `create` get in; without, any non-empty pair opens an account of its own. */
  keys?: Keys | undefined;
  /** The folder of account files; in memory without. */
  dataDirectory?: string | undefined;
  /** Makes IDs, addresses and GUIDs reproducible: each account draws from this and its key. */
  idSeed?: string | undefined;
  /** How many accounts are kept open; those made on the fly and longest unused are put away above it. */
  openAccounts?: number | undefined;
  /** Called when an account's database was opened, made, reset or restored. */
  onOpen?: (account: Account) => void;
  /** Called before an account's database is closed. */
  onClose?: (account: Account) => void;
  /** False for an account that must stay open, since something goes on in it. */
  isIdle?: (account: Account) => boolean;
}

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
  /** Puts another database in the place of the account's; keys stay its own. @throws Error when the bytes are none */
  restore(account: Account, bytes: Buffer): void;
  /** Opens every account file of the data directory; returns what failed. */
  openAll(): Error[];
  accounts(): Account[];
  close(): void;
}

const defaultOpenAccounts = 500;

/** All accounts of a server. */
export function createRegistry(options: RegistryOptions = {}): Registry {
  /** In the order of their last use. */
  const known = new Map<string, Account>();
  const putAway = new Map<Account, Buffer | undefined>();
  const seeds = new Map<Account, string>();
  const made = new Set<Account>();
  const files =
    options.dataDirectory === undefined ? undefined : openAccountFiles(options.dataDirectory);

  const admit = (account: Account, db: Database, random = randomOf(db)): Account => {
    account.adopt(db, random);
    known.delete(account.apiKey);
    known.set(account.apiKey, account);
    options.onOpen?.(account);
    return account;
  };

  const seedFor = (apiKey: string, idSeed = options.idSeed) =>
    idSeed === undefined ? newSeed() : `${idSeed}/${apiKey}`;

  const openFresh = (account: Account, name?: string): Account => {
    const random = createRandom(seeds.get(account));
    const db = openMemory();
    account.adopt(db, random);
    fillFreshAccount(account, name);
    account.noteRandom();
    if (files === undefined) return admit(account, db, random);
    // made whole in memory first: a kill leaves the account as it was, or new
    files.replace(account.apiKey, db.serialize());
    db.close();
    return admit(account, openFile(files.path(account.apiKey)), random);
  };

  const make = (
    keys: Keys,
    made: { name?: string | undefined; idSeed?: string | undefined } = {},
  ): Account => {
    const account = createAccount({ apiKey: keys.apiKey, secretKey: keys.secretKey });
    seeds.set(account, seedFor(keys.apiKey, made.idSeed));
    return openFresh(account, made.name);
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
    const image = putAway.get(account);
    putAway.delete(account);
    return admit(
      account,
      image === undefined
        ? openFile(files?.path(account.apiKey) ?? '')
        : openImage(inflateRawSync(image)),
    );
  };

  const close = (account: Account) => {
    if (!account.isOpen) return;
    options.onClose?.(account);
    account.close();
  };

  const putAwayIdle = () => {
    let excess = known.size - putAway.size - (options.openAccounts ?? defaultOpenAccounts);
    if (excess <= 0) return;
    for (const account of known.values()) {
      if (excess <= 0) return;
      if (!account.isOpen || made.has(account) || options.isIdle?.(account) === false) continue;
      putAway.set(
        account,
        files === undefined ? deflateRawSync(image(account), { level: 1 }) : undefined,
      );
      close(account);
      excess -= 1;
    }
  };

  const image = (account: Account): Buffer => {
    account.noteRandom();
    return account.db.serialize();
  };

  const find = (apiKey: string): Account | undefined => {
    const account = known.get(apiKey);
    if (account !== undefined) {
      known.delete(apiKey);
      known.set(apiKey, account);
      const awake = wake(account);
      putAwayIdle();
      return awake;
    }
    return files?.exists(apiKey) ? openStored(files.path(apiKey)) : undefined;
  };

  const replace = (account: Account, bytes: Buffer) => {
    if (files === undefined) return admit(account, openImage(bytes));
    files.replace(account.apiKey, bytes);
    return admit(account, openFile(files.path(account.apiKey)));
  };

  const registry: Registry = {
    authenticate(apiKey, secretKey) {
      if (apiKey === '' || secretKey === '') return undefined;
      const account = find(apiKey);
      if (account !== undefined)
        return sameText(account.secretKey, secretKey) ? account : undefined;
      if (options.keys !== undefined) return undefined;
      const fresh = make({ apiKey, secretKey });
      putAwayIdle();
      return fresh;
    },
    create(keys, { name, idSeed } = {}) {
      if (find(keys.apiKey) !== undefined)
        throw new Error(`There is an account with the key ${keys.apiKey} already`);
      const account = make(keys, { name, idSeed });
      made.add(account);
      return account;
    },
    find,
    remove(account) {
      close(account);
      known.delete(account.apiKey);
      putAway.delete(account);
      made.delete(account);
      files?.remove(account.apiKey);
    },
    reset(account) {
      const { Name } = wake(account).sql('SELECT Name FROM account').get() as { Name: string }; // the one row
      close(account);
      account.clock.reset();
      openFresh(account, Name);
    },
    copy: (account) => image(wake(account)),
    restore(account, bytes) {
      const checked = openImage(bytes);
      try {
        const row = checked.prepare('SELECT count(*) AS n FROM account').get() as { n: number }; // count always gives a row
        const problem = checked.pragma('quick_check', { simple: true });
        if (row.n !== 1 || problem !== 'ok')
          throw new Error(
            `The snapshot is no sound account: ${row.n === 1 ? problem : 'it has no owner'}`,
          );
        checked
          .prepare('UPDATE account SET APIKey = ?, SecretKey = ?')
          .run(account.apiKey, account.secretKey);
        const ready = checked.serialize();
        close(wake(account));
        replace(account, ready);
      } finally {
        checked.close();
      }
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
    // the pair that is configured today is the one that gets in
    if (configured.secretKey !== options.keys.secretKey) {
      configured.secretKey = options.keys.secretKey;
      configured.sql('UPDATE account SET SecretKey = ?').run(configured.secretKey);
    }
  }
  return registry;
}

/** Compares in a time that tells nothing of where the texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
