import { isKeyPair } from '../lib/key-text.ts';
import type { Account, Keys } from './account.ts';
import { refusal } from './admission.ts';
import { claim, imageWithoutSecret } from './image.ts';
import { createKeeper } from './keeper.ts';
import { type Making, makeDatabase, newAccount } from './making.ts';
import type { RegistryOptions } from './registry-options.ts';
import { createSiblings } from './siblings.ts';

export interface Registry {
  /**
   * The account behind a key pair; undefined refuses.
   * @param mayMake false where a pair that nobody has used yet makes no account; else its first use makes it, where that is allowed
   */
  authenticate(apiKey: string, secretKey: string, mayMake?: boolean): Account | undefined;
  /**
   * What a pair that nobody has used yet would open: for a look, which makes no account. It is kept nowhere, so close it.
   * @returns undefined where the pair would not get in, or has an account
   */
  preview(apiKey: string, secretKey: string): Account | undefined;
  /** False for an account that was removed, or is a preview. */
  keeps(account: Account): boolean;
  /** Makes an account. @throws Error when the key is taken, or there are too many */
  create(keys: Keys, making?: Making): Account;
  /** An account by its key, opened. */
  find(apiKey: string): Account | undefined;
  remove(account: Account): void;
  /** Makes an account what it was when it was new, IDs and clock too. */
  reset(account: Account): void;
  /** The account's database as the bytes of a file, without its secret. */
  copy(account: Account): Buffer;
  /** Puts another database in the place of the account's; keys stay its own. @throws Error when the bytes are no account */
  restore(account: Account, bytes: Buffer): void;
  /** Opens every account file of the data directory, a few at a time; returns what failed. Later calls wait for the same. */
  openAll(): Promise<Error[]>;
  /** Those that were used or opened since the start. */
  accounts(): Account[];
  /** Why there can be no more accounts, in a sentence; undefined where there is room. */
  full(): string | undefined;
  /** What keeps accounts from being stored, in a sentence; undefined where all is well. */
  trouble(): string | undefined;
  close(): void;
}

const defaultAccounts = 10_000;

/** All accounts of a server. @throws Error when the data directory can't be used */
export function createRegistry(options: RegistryOptions = {}): Registry {
  const keeper = createKeeper({
    ...options,
    onOpen(account) {
      account.siblings = siblings;
      options.onOpen?.(account);
    },
  });
  const { keys: configured, accounts: most = defaultAccounts } = options;

  const find = (apiKey: string) => {
    const account = keeper.find(apiKey);
    return account && keeper.wake(account);
  };

  const full = () =>
    keeper.known.size < most
      ? undefined
      : `There are ${most} accounts, as many as --accounts allows: remove some, or raise it`;

  const siblings = createSiblings(keeper, full, options.idSeed);

  /** A snapshot that somebody put in the place of an account's file has none. */
  const takeSecret = (account: Account, secretKey: string) => {
    if (account.secretKey !== '') return;
    account.secretKey = secretKey;
    claim(keeper.wake(account).db, account);
  };

  const makeOnTheFly = (keys: Keys): Account | undefined => {
    const refuse = (why: string) => options.onRefused?.(keys.apiKey, why);
    const isFull = full();
    if (configured !== undefined)
      refuse(`Only the key ${configured.apiKey} gets in (MJ_APIKEY_PUBLIC or --api-key)`);
    else if (isFull !== undefined) refuse(isFull);
    else return keeper.make(newAccount(keys, '', { idSeed: options.idSeed }));
    return undefined;
  };

  if (configured !== undefined) letIn(configured);
  function letIn({ apiKey, secretKey }: Keys): void {
    const stored = find(apiKey);
    if (stored === undefined) {
      keeper.make(newAccount({ apiKey, secretKey }, 'configured', { idSeed: options.idSeed }));
      return;
    }
    // the pair that is configured today is the one that gets in
    stored.secretKey = secretKey;
    if (stored.madeBy === '') stored.madeBy = 'configured';
    claim(stored.db, stored);
  }

  return {
    authenticate(apiKey, secretKey, mayMake = true) {
      if (!isKeyPair(apiKey, secretKey)) return undefined;
      const account = keeper.find(apiKey);
      if (account === undefined) return mayMake ? makeOnTheFly({ apiKey, secretKey }) : undefined;
      const why = refusal(account, secretKey, configured);
      if (why === undefined) {
        takeSecret(account, secretKey);
        return keeper.wake(account);
      }
      options.onRefused?.(apiKey, why);
      return undefined;
    },
    preview(apiKey, secretKey) {
      if (configured !== undefined || !isKeyPair(apiKey, secretKey)) return undefined;
      if (keeper.find(apiKey) !== undefined) return undefined;
      const account = newAccount({ apiKey, secretKey }, '', { idSeed: options.idSeed });
      makeDatabase(account, { settle: (_account, db) => db }, options.fill);
      return account;
    },
    keeps: (account) => keeper.known.get(account.apiKey) === account,
    create(keys, making = {}) {
      if (find(keys.apiKey) !== undefined)
        throw new Error(`There is an account with the key ${keys.apiKey} already`);
      const isFull = full();
      if (isFull !== undefined) throw new Error(isFull);
      const idSeed = making.idSeed ?? options.idSeed;
      return keeper.make(newAccount(keys, 'control', { ...making, idSeed }));
    },
    find,
    remove: keeper.remove,
    reset: keeper.renew,
    copy(account) {
      const { db } = keeper.wake(account);
      account.noteRandom();
      return imageWithoutSecret(db);
    },
    restore(account, bytes) {
      const secrets = subSecrets(keeper.wake(account));
      keeper.replace(account, bytes);
      for (const [apiKey, secretKey] of secrets)
        account.sql('UPDATE subkey SET SecretKey = ? WHERE APIKey = ?').run(secretKey, apiKey);
    },
    openAll: keeper.openAll,
    accounts: () => [...keeper.known.values()],
    full,
    trouble: keeper.trouble,
    close: keeper.close,
  };
}

/** The secrets of the keys that an account made: a snapshot has none. */
function subSecrets({ db }: Account): [apiKey: string, secretKey: string][] {
  return db.prepare<[], [string, string]>('SELECT APIKey, SecretKey FROM subkey').raw(true).all();
}
