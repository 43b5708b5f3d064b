import type { ServerResponse } from 'node:http';
import type { Account } from '../accounts/account.ts';

/** Counts the requests of each account that are not answered yet. */
export interface InFlight {
  /** Counts a request until its answer is written or its connection has gone. */
  enter(account: Account, response: ServerResponse): void;
  /** Counts work for an account; returns its end, to be called once. */
  begin(account: Account): () => void;
  isBusy(account: Account): boolean;
}

export function createInFlight(): InFlight {
  const counts = new Map<Account, number>();
  const add = (account: Account, change: number) => {
    const count = (counts.get(account) ?? 0) + change;
    if (count === 0) counts.delete(account);
    else counts.set(account, count);
  };
  const begin = (account: Account) => {
    add(account, 1);
    return () => add(account, -1);
  };
  return {
    enter(account, response) {
      response.once('close', begin(account));
    },
    begin,
    isBusy: (account) => counts.has(account),
  };
}
