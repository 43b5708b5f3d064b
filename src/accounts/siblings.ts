import type { Account, Keys } from './account.ts';
import type { Keeper } from './keeper.ts';
import { newAccount } from './making.ts';

/** How a new key is made; `id` is that among the keys of its master. */
interface NewKey {
  id: number;
  name: string;
  isActive: boolean;
}

/** What an account does with those of the keys that it made. */
export interface Siblings {
  /**
   * Makes the account of a new key. One that it made before a reset, which drew the same key, is made new.
   * @returns why it can't be made, in a sentence
   */
  make(master: Account, keys: Keys, as: NewKey): string | undefined;
  /** Renames the account of a key, and lets it in or keeps it out. A key that somebody else made is left alone. */
  change(master: Account, apiKey: string, to: { name: string; isActive: boolean }): void;
}

/** @param full why there can be no more accounts */
export function createSiblings(
  keeper: Keeper,
  full: () => string | undefined,
  idSeed: string | undefined,
): Siblings {
  return {
    make(master, keys, { id, name, isActive }) {
      const sub = { masterKey: master.apiKey, id, isActive };
      const known = keeper.find(keys.apiKey);
      if (known !== undefined) {
        if (known.sub?.masterKey !== master.apiKey)
          return `There is an account with the key ${keys.apiKey} already`;
        Object.assign(known, { sub, name, secretKey: keys.secretKey });
        keeper.renew(known);
        return undefined;
      }
      const isFull = full();
      if (isFull !== undefined) return isFull;
      const account = newAccount(keys, 'apikey', { name, idSeed });
      account.sub = sub;
      keeper.make(account);
      return undefined;
    },
    change(master, apiKey, { name, isActive }) {
      const known = keeper.find(apiKey);
      if (known?.sub?.masterKey !== master.apiKey) return;
      const account = keeper.wake(known);
      Object.assign(account, { name, sub: { ...known.sub, isActive } });
      account.sql('UPDATE account SET Name = ?, IsActive = ?').run(name, isActive ? 1 : 0);
    },
  };
}
