import type { Account } from '../accounts/account.ts';
import { stopwatch } from '../lib/stopwatch.ts';
import { type DueMessage, dueColumns, stepMessages } from './step.ts';
import { type OnEvents, telling } from './telling.ts';

/** How messages move: the words and the time in a state are those of jobs. */
export interface LifePace {
  pace: 'timed' | 'instant' | 'polled' | 'held';
  stateMs: number;
}

/** Moves messages on: queued, then sent or the outcome they were given, then what follows that. */
export interface Life {
  /** Goes on with the messages that an account has under way. */
  attach(account: Account): void;
  /** Forgets an account that is put away. */
  detach(account: Account): void;
  /** True when no message of the account is waiting for its time. */
  isIdle(account: Account): boolean;
  /** ms until the first step of a message that is taken now. */
  stepMs(account: Account): number;
  /** Takes care of messages just taken, outside their transaction. */
  taken(account: Account): void;
  /** Takes note that a message was read: under `polled` it takes a step. */
  read(account: Account, id: bigint): void;
  /** Lets the messages of a mail leave the queue whatever the pace; returns how many did. */
  release(account: Account, mailId: bigint): number;
  /** Takes note that the pace is another. */
  wake(account: Account): void;
}

/** Messages of one transaction: a slice of some milliseconds. */
const sliceMessages = 200;

/**
 * How long messages may stay due so that more of them are taken in one transaction: as long as some slices take, which on a
 * busy disk is long, and not so long that anybody would see it, ms.
 */
const restOf = (sliceMs: number) => Math.min(50, Math.floor(4 * sliceMs));

interface Waiting {
  /** When the alarm rings, ms; and the account's time when it was set. */
  for: number;
  since: number;
  takeBack: () => void;
}

/**
 * One alarm an account, for the next message that is due; what is due stands in the rows, so that a restart goes on.
 * @param options `beforeSlice` does what a slice would hold up; `onFailure` is told when a step could not be stored;
 *   `onEvents` of what has happened
 */
export function createLife(options: {
  paceOf: (account: Account) => LifePace;
  beforeSlice?: () => void;
  onFailure: (error: unknown) => void;
  onEvents?: OnEvents | undefined;
}): Life {
  const waits = new WeakMap<Account, Waiting>();
  /** How long the last slice of each account took, ms of the machine's time. */
  const sliceMs = new WeakMap<Account, number>();

  const takeBack = (account: Account) => {
    waits.get(account)?.takeBack();
    waits.delete(account);
  };

  const setAlarm = (account: Account, at: number) => {
    const known = waits.get(account);
    if (known !== undefined && known.for <= at) return;
    known?.takeBack();
    waits.set(account, {
      for: at,
      since: account.clock.now(),
      takeBack: account.alarm.set(at, () => ring(account)),
    });
  };

  /** Condition for messages that move by themselves: under `held` those that have left the queue. */
  const moving = (account: Account): string | undefined => {
    const { pace } = options.paceOf(account);
    if (pace === 'polled') return undefined;
    return pace === 'held' ? "dueAt IS NOT NULL AND Status <> 'queued'" : 'dueAt IS NOT NULL';
  };

  /** Takes the steps that are due, a slice of them; false when none was. */
  const runSlice = (account: Account): boolean => {
    const condition = moving(account);
    if (condition === undefined) return false;
    const due = account
      .sql(
        `SELECT ${dueColumns} FROM message WHERE ${condition} AND dueAt <= ? ORDER BY dueAt, ID LIMIT ${sliceMessages}`,
      )
      .all(account.clock.now()) as DueMessage[]; // the columns selected
    if (due.length === 0) return false;
    const took = stopwatch();
    telling(account, options.onEvents, () => stepMessages(account, due));
    // after a full one there is more to do already
    sliceMs.set(account, due.length < sliceMessages ? took() : 0);
    return true;
  };

  const arm = (account: Account) => {
    const condition = moving(account);
    if (condition === undefined) return;
    const next = account
      .sql(`SELECT dueAt FROM message WHERE ${condition} ORDER BY dueAt LIMIT 1`)
      .get() as { dueAt: bigint } | undefined; // the one column selected
    if (next !== undefined) setAlarm(account, Number(next.dueAt));
  };

  /** Rings later when others are likely to be due soon; a clock that was set or stands still is no such time. */
  const isEarly = (account: Account, { for: at, since }: Waiting): boolean => {
    const rest = restOf(sliceMs.get(account) ?? 0);
    const late = account.clock.now() - at;
    if (rest === 0 || late < 0 || late >= rest || account.clock.frozen) return false;
    const timer = setTimeout(() => ring(account, true), rest - late).unref();
    waits.set(account, { for: at, since, takeBack: () => clearTimeout(timer) });
    return true;
  };

  const ring = (account: Account, isRested = false) => {
    const wait = waits.get(account);
    if (!isRested && wait !== undefined && account.isOpen && isEarly(account, wait)) return;
    waits.delete(account);
    if (!account.isOpen) return;
    try {
      options.beforeSlice?.();
      const now = account.clock.now();
      // nobody waits for a clock that was set back to catch up
      if (wait !== undefined && now < wait.since)
        account
          .sql(
            'UPDATE message SET since = @now, dueAt = @now WHERE dueAt IS NOT NULL AND since > @now',
          )
          .run({ now });
      runSlice(account);
      arm(account);
    } catch (error) {
      // a database that takes no writes: the rows stay due, for the next send or start
      options.onFailure(error);
    }
  };

  const stepNow = (account: Account, due: readonly DueMessage[]): number => {
    if (due.length > 0) {
      telling(account, options.onEvents, () => stepMessages(account, due, account.clock.now()));
      arm(account);
    }
    return due.length;
  };

  return {
    attach(account) {
      waits.delete(account);
      arm(account);
    },
    detach: takeBack,
    isIdle: (account) => !waits.has(account),
    stepMs(account) {
      const { pace, stateMs } = options.paceOf(account);
      return pace === 'timed' ? stateMs : 0;
    },
    taken(account) {
      const { pace, stateMs } = options.paceOf(account);
      if (pace === 'timed') setAlarm(account, account.clock.now() + stateMs);
      if (pace !== 'instant') return;
      try {
        while (runSlice(account));
        arm(account);
      } catch (error) {
        // the mail is stored, and its sender shall be told so
        options.onFailure(error);
      }
    },
    read(account, id) {
      if (options.paceOf(account).pace !== 'polled') return;
      const due = account
        .sql(`SELECT ${dueColumns} FROM message WHERE ID = ? AND dueAt IS NOT NULL`)
        .all(id) as DueMessage[]; // the columns selected
      stepNow(account, due);
    },
    release(account, mailId) {
      const due = account
        .sql(
          `SELECT ${dueColumns} FROM message WHERE mailID = ? AND dueAt IS NOT NULL AND Status = 'queued'`,
        )
        .all(mailId) as DueMessage[]; // the columns selected
      return stepNow(account, due);
    },
    wake(account) {
      takeBack(account);
      if (account.isOpen) arm(account);
    },
  };
}
