import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClock } from '../lib/clock.ts';
import { createRandom } from '../lib/random.ts';
import { type Account, createAccount } from './account.ts';
import { openFile, openMemory } from './database.ts';
import { fillFreshAccount } from './fresh.ts';

export interface RegistryOptions {
  /** With a pair, only it and accounts made later get in; without, any non-empty pair opens an account of its own. */
  keys?: { apiKey: string; secretKey: string } | undefined;
  /** The folder of account files; in memory without. */
  dataDirectory?: string | undefined;
  /** Called for each account that was opened or made. */
  onOpen?: (account: Account) => void;
}

export interface Registry {
  /** The account behind a key pair, made on first use where that is allowed; undefined refuses. */
  authenticate(apiKey: string, secretKey: string): Account | undefined;
  /** Opens every account file of the data directory; returns what failed. */
  openAll(): Error[];
  accounts(): Account[];
  close(): void;
}

/** All accounts of a server. */
export function createRegistry(options: RegistryOptions = {}): Registry {
  const open = new Map<string, Account>();
  const folder =
    options.dataDirectory === undefined ? undefined : join(options.dataDirectory, 'accounts');
  if (folder !== undefined) mkdirSync(folder, { recursive: true });

  const admit = (account: Account): Account => {
    open.set(account.apiKey, account);
    options.onOpen?.(account);
    return account;
  };

  const make = (apiKey: string, secretKey: string): Account => {
    const db = folder === undefined ? openMemory() : openFile(join(folder, fileName(apiKey)));
    const account = createAccount({ apiKey, secretKey }, db, createClock(), createRandom());
    fillFreshAccount(account);
    return admit(account);
  };

  /** The account in a file; undefined where a stop cut its making off, so that it is made again. */
  const openExisting = (path: string): Account | undefined => {
    const db = openFile(path);
    const keys = db
      .prepare<[], { apiKey: string; secretKey: string }>(
        'SELECT APIKey AS apiKey, SecretKey AS secretKey FROM account',
      )
      .get();
    if (keys === undefined) {
      db.close();
      return undefined;
    }
    const { apiKey, secretKey } = options.keys ?? keys;
    if (keys.apiKey === apiKey && keys.secretKey !== secretKey) {
      // the configured pair is the valid one, also when its secret is new
      db.prepare('UPDATE account SET SecretKey = ?').run(secretKey);
      keys.secretKey = secretKey;
    }
    return admit(createAccount(keys, db, createClock(), createRandom()));
  };

  const find = (apiKey: string): Account | undefined => {
    const known = open.get(apiKey);
    if (known !== undefined || folder === undefined) return known;
    const path = join(folder, fileName(apiKey));
    return existsSync(path) ? openExisting(path) : undefined;
  };

  const registry: Registry = {
    authenticate(apiKey, secretKey) {
      if (apiKey === '' || secretKey === '') return undefined;
      const known = find(apiKey);
      if (known !== undefined) return sameText(known.secretKey, secretKey) ? known : undefined;
      return options.keys === undefined ? make(apiKey, secretKey) : undefined;
    },
    openAll() {
      const failures: Error[] = [];
      for (const name of folder === undefined ? [] : readdirSync(folder)) {
        if (!name.endsWith('.sqlite')) continue;
        const isOpen = [...open.keys()].some((apiKey) => fileName(apiKey) === name);
        try {
          if (!isOpen && folder !== undefined) openExisting(join(folder, name));
        } catch (error) {
          failures.push(error as Error); // openExisting throws nothing else
        }
      }
      return failures;
    },
    accounts: () => [...open.values()],
    close() {
      for (const account of open.values()) account.db.close();
      open.clear();
    },
  };

  if (options.keys !== undefined && find(options.keys.apiKey) === undefined) {
    make(options.keys.apiKey, options.keys.secretKey);
  }
  return registry;
}

/** Keys as Mailjet makes them name their file; any other text is hashed, so that no key reaches another folder. */
function fileName(apiKey: string): string {
  const plain = /^[a-z0-9_-]{1,64}$/.test(apiKey);
  return `${plain ? apiKey : `~${createHash('sha256').update(apiKey).digest('hex').slice(0, 32)}`}.sqlite`;
}

/** Compares in a time that tells nothing of where the texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
