import type { Account } from './account.ts';

/** The accounts that are open, in the order of their last use. */
export interface OpenedAccounts {
  /** Takes note that an account is used. */
  touch(account: Account): void;
  forget(account: Account): void;
  /** Puts away what was longest unused, as far as there are too many; never the one that is about to be used. */
  makeRoom(used?: Account): void;
  /** Puts away half of them, where the process can hold no more. False where none could be put away. */
  halve(): boolean;
}

/** How many accounts are looked at for one that is used: each look asks whether something goes on in it. */
const mostLooks = 8;

/**
 * @param options `most` accounts stay open, `isIdle` is asked of each that is to be put away. One that is busy goes to
 *   the end of the queue, so that a thousand of them are not asked anew at each request.
 */
export function createOpenedAccounts(options: {
  most: number;
  isIdle: (account: Account) => boolean;
  putAway: (account: Account) => void;
}): OpenedAccounts {
  const opened = new Set<Account>();

  const shrink = (to: number, mostLooks: number, used?: Account) => {
    let looks = mostLooks;
    for (const account of opened) {
      if (opened.size <= to || looks === 0) return;
      looks -= 1;
      opened.delete(account);
      if (account === used || !options.isIdle(account)) opened.add(account);
      else options.putAway(account);
    }
  };

  return {
    touch(account) {
      opened.delete(account);
      opened.add(account);
    },
    forget: (account) => void opened.delete(account),
    makeRoom: (used) => shrink(options.most, mostLooks, used),
    halve() {
      const before = opened.size;
      shrink(Math.floor(before / 2), before);
      return opened.size < before;
    },
  };
}
