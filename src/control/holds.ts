import type { Account } from '../accounts/account.ts';

/** Calls that a fault's `delay` holds. */
export interface Holds {
  /**
   * Holds a call for some time.
   * @param ms of the machine's time
   * @param go carries it out then
   * @param cut ends it unanswered: its account was removed, or the server closes
   * @returns the way to forget it, for a client that has left
   */
  hold(account: Account, ms: number, go: () => void, cut: () => void): () => void;
  /** Ends the calls of an account, or all. */
  cut(account?: Account): void;
}

export function createHolds(): Holds {
  const held = new Set<{ account: Account; end: () => void }>();
  return {
    hold(account, ms, go, cut) {
      const forget = () => {
        clearTimeout(timer);
        held.delete(one);
      };
      const timer = setTimeout(() => {
        forget();
        go();
      }, ms);
      const one = {
        account,
        end() {
          forget();
          cut();
        },
      };
      held.add(one);
      return forget;
    },
    cut(account) {
      for (const one of [...held]) if (account === undefined || one.account === account) one.end();
    },
  };
}
