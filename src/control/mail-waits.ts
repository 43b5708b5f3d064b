import type { Account } from '../accounts/account.ts';
import { findMails } from '../mail/find-mails.ts';
import { inboxTurn } from '../mail/inbox-turn.ts';
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
  let found: bigint[] = [];
  const isThere = (id: bigint) =>
    account.sql('SELECT 1 FROM mailcontent WHERE mailID = ?').get(id) !== undefined;
  const isEnough = async (): Promise<boolean> => {
    await inboxTurn();
    if (!account.isOpen) return false;
    if (!isFinal || account.epoch !== epoch) {
      ({ epoch } = account);
      above = 0n;
      found = [];
    }
    const { top } = account.sql('SELECT max(mailID) AS top FROM mailcontent').get() as {
      top: bigint | null; // always one row, of this column
    };
    // it begins at once: what comes while it goes on is above its top
    const search = findMails(account, conditions, { limit: count, above, enough: count });
    above = top ?? 0n;
    found.push(...(await search).ids);
    if (found.length < count || !account.isOpen || account.epoch !== epoch) return false;
    if (found.every(isThere)) return true;
    // some that were counted are gone: count anew
    epoch = undefined;
    return isEnough();
  };
  return isEnough;
}
