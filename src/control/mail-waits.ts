import type { Account } from '../accounts/account.ts';
import { findMails } from '../mail/find-mails.ts';
import type { Condition } from '../mail/mail-conditions.ts';
import { ControlError } from './control-error.ts';

/** Waits for the mails of one account. */
export interface MailWaits {
  /** Resolves to true once every condition holds for `count` mails, to false when `ms` of the machine's time have passed. */
  wait(conditions: readonly Condition[], count: number, ms: number): Promise<boolean>;
  /** Ends all waiting. */
  close(): void;
}

/** Waits of one account: each looks at every new mail. */
const mostWaits = 200;

interface Waiter {
  /** Something was stored: look again. */
  wake(): void;
  end(): void;
}

/** Lets calls wait for mails: what is stored wakes them, once for all that one turn of the event loop stores. */
export function createMailWaits(account: Account): MailWaits {
  const waiting = new Set<Waiter>();
  let stopListening = () => {};
  let isWoken = false;

  const stored = () => {
    if (isWoken) return;
    isWoken = true;
    setImmediate(() => {
      isWoken = false;
      for (const { wake } of waiting) wake();
    });
  };

  const enter = (waiter: Waiter) => {
    if (waiting.size >= mostWaits)
      throw new ControlError(409, `There are ${mostWaits} waits for mails already`);
    if (waiting.size === 0) stopListening = account.onCommit(stored);
    waiting.add(waiter);
  };

  const leave = (waiter: Waiter) => {
    waiting.delete(waiter);
    if (waiting.size === 0) stopListening();
  };

  return {
    async wait(conditions, count, ms) {
      const counted = counter(account, conditions, count);
      let isOver = false;
      let isDirty = false;
      let goOn = () => {};
      const waiter: Waiter = {
        wake() {
          isDirty = true;
          goOn();
        },
        end() {
          isOver = true;
          goOn();
        },
      };
      enter(waiter);
      const timer = setTimeout(waiter.end, ms);
      try {
        for (;;) {
          isDirty = false;
          if (await counted()) return true;
          if (isOver) return false;
          if (!isDirty) await new Promise<void>((resolve) => (goOn = resolve));
        }
      } finally {
        clearTimeout(timer);
        leave(waiter);
      }
    },
    close() {
      for (const { end } of waiting) end();
    },
  };
}

/** Makes the test whether there are `count` mails: from the second time on it looks at new ones only, where that will do. */
function counter(account: Account, conditions: readonly Condition[], count: number) {
  const isFinal = !conditions.some(({ changes }) => changes);
  let epoch: number | undefined;
  let above = 0n;
  let found = 0;
  const newest = () => {
    const { top } = account.sql('SELECT max(mailID) AS top FROM mailcontent').get() as {
      top: bigint | null; // always one row, of this column
    };
    return top ?? 0n;
  };
  const all = async () => {
    ({ epoch } = account);
    above = newest();
    const { total } = await findMails(account, conditions, { limit: 0, enough: count });
    found = total;
    return found >= count;
  };
  return async () => {
    if (!account.isOpen) return false;
    if (!isFinal || account.epoch !== epoch) return all();
    const top = newest();
    const { total } = await findMails(account, conditions, { limit: 0, above });
    above = top;
    found += total;
    // some of those that were counted may be gone
    return found >= count && all();
  };
}
