import { createRandom, newSeed, type Random } from '../lib/random.ts';
import { type Account, createAccount, type Keys, type MadeBy } from './account.ts';
import { openMemory } from './database.ts';
import { birthOfSeeded, fillFreshAccount } from './fresh.ts';
import type { RegistryOptions } from './registry-options.ts';
import type { Storage } from './storage.ts';

/** How an account is made. */
export interface Making {
  name?: string | undefined;
  idSeed?: string | undefined;
}

/** A new account, without a database yet. */
export function newAccount(
  keys: Keys,
  madeBy: MadeBy,
  { name = keys.apiKey, idSeed }: Making = {},
): Account {
  const seed = idSeed === undefined ? newSeed() : `${idSeed}/${keys.apiKey}`;
  const account = createAccount(keys, { madeBy, seed });
  account.name = name;
  return account;
}

/**
 * Makes the database of an account that has none, or none any more: the same one each time.
 * @returns the database that `storage` goes on with, and where the randomness has come to
 */
export function makeDatabase(
  account: Account,
  storage: Pick<Storage, 'settle'>,
  fill: RegistryOptions['fill'],
): { db: Account['db']; random: Random } {
  const random = createRandom(account.seed);
  const db = openMemory();
  account.adopt(db, random);
  // what is reproducible must not tell when it was made
  if (random.seed.includes('/')) account.clock.freeze(birthOfSeeded);
  fillFreshAccount(account, account.name);
  fill?.(account);
  account.clock.reset();
  account.noteRandom();
  return { db: storage.settle(account, db), random };
}
