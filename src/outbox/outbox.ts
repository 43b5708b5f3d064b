import type { Account } from '../accounts/account.ts';
import type { Delivery, DeliveryKind, NewDelivery } from './delivery.ts';
import {
  dropAbove,
  dropUpTo,
  dueAfterSetBack,
  dueDeliveries,
  hastenDeliveries,
  insertDelivery,
  nextDue,
  noteTry,
} from './rows.ts';
import { createTries, type Ended } from './tries.ts';

/** What must leave the process, of all accounts. */
export interface Outbox {
  /** Adds a delivery, inside the transaction of what causes it; it is tried once that is committed. */
  add(account: Account, delivery: NewDelivery): void;
  /** Goes on with what an account has waiting. */
  attach(account: Account): void;
  /** Forgets an account that is put away; what is being tried for it is broken off, and waits in its rows. */
  detach(account: Account): void;
  /** True when nothing of the account is being tried, or waits for its time. */
  isIdle(account: Account): boolean;
  /** Resolves when nothing of the account is due or being tried; by then all that was due has been tried. */
  quiet(account: Account): Promise<void>;
  /** Makes due now what the account has waiting of a kind, whatever its time. */
  hasten(account: Account, kind: string): void;
  /** When the next delivery of the account is due that is not yet, ms; undefined where none is. */
  next(account: Account): number | undefined;
  /** Deliveries of the account that are due, or being tried; of those that keep an order, the first of each target. */
  outstanding(account: Account): number;
}

interface OutboxOptions {
  kinds: readonly DeliveryKind[];
  /** Deliveries that an account keeps, those that have ended among them; the oldest go above it. */
  most?: number;
  /** Bytes of their payloads together, above which the oldest go too; the newest one stays. */
  mostBytes?: number;
  /** Told of each try that failed, once that is stored. @param isLast true where it was given up */
  onFailed(account: Account, delivery: Delivery, error: Error, isLast: boolean): void;
  /** Told when there were too many, and some that were still waiting are dropped. */
  onDropped(account: Account, count: number): void;
  /** Told when the database takes no writes. */
  onFailure(error: unknown): void;
}

const defaultMost = 100_000;
const defaultMostBytes = 64 * 1024 * 1024;
const mostCounted = 1000;
/** Characters of an error that are kept. */
const longestError = 500;

/** One account's side. */
interface Open {
  hasNews: boolean;
  takeBack: (() => void) | undefined;
  /** The account's time when the alarm was set, and when it rings. */
  since: number;
  ringsAt: number;
  stopListening: () => void;
}

/**
 * Delivers what stands in the accounts' rows: by one alarm an account, each try outside of any call, a few at a time. A
 * restart or a kill goes on with the rows, so a delivery may be tried twice, and none is lost.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { kinds, most = defaultMost, mostBytes = defaultMostBytes } = options;
  const opened = new WeakMap<Account, Open>();
  const quietWaits = new Map<Account, Set<() => void>>();

  const setAlarm = (account: Account, open: Open, at: number) => {
    if (open.takeBack !== undefined && open.ringsAt <= at) return;
    open.takeBack?.();
    open.since = account.clock.now();
    open.ringsAt = at;
    open.takeBack = account.alarm.set(at, () => {
      open.takeBack = undefined;
      if (opened.get(account) === open) ring(account, open);
    });
  };

  const ring = (account: Account, open: Open) => {
    try {
      if (account.clock.now() < open.since) dueAfterSetBack(account);
      look(account, open);
    } catch (error) {
      // the rows stay due, for the next delivery or start
      options.onFailure(error);
    }
  };

  /** Begins what is due, as far as there is room, and waits for what is not. */
  const look = (account: Account, open: Open) => {
    for (const kind of kinds) {
      const limit = kind.together * kind.atOnce.ofAccount;
      const due = dueDeliveries(account, kind, limit + tries.underWay(account, kind));
      tries.begin(account, kind, due);
      const next = nextDue(account, kind);
      if (next !== undefined) setAlarm(account, open, next);
    }
  };

  const settle = (account: Account, kind: DeliveryKind, { deliveries, error }: Ended) => {
    const failed: [Delivery, boolean][] = [];
    account.write(() => {
      for (const { tries: before, ...delivery } of deliveries) {
        const tried = { ...delivery, tries: before + 1 };
        const gap = error === undefined ? undefined : kind.gap(tried, error, account);
        const state = error === undefined ? 'done' : gap === undefined ? 'failed' : 'waiting';
        const text = (error?.message ?? '').slice(0, longestError);
        const dueAt = gap === undefined ? null : account.clock.now() + gap;
        noteTry(account, tried.id, { state, tries: tried.tries, error: text }, dueAt);
        if (error !== undefined) failed.push([tried, gap === undefined]);
      }
    });
    if (error !== undefined)
      for (const [delivery, isLast] of failed) options.onFailed(account, delivery, error, isLast);
  };

  const tries = createTries({
    ended(account, kind, ended) {
      try {
        settle(account, kind, ended);
        return true;
      } catch (error) {
        options.onFailure(error);
        return false;
      }
    },
    hasRoom(account) {
      const open = opened.get(account);
      if (open !== undefined) ring(account, open);
      tellQuiet(account);
    },
  });

  const isQuiet = (account: Account) =>
    !account.isOpen ||
    (tries.isIdle(account) && kinds.every((kind) => dueDeliveries(account, kind, 1).length === 0));

  const tellQuiet = (account: Account) => {
    const waits = quietWaits.get(account);
    if (waits === undefined || !isQuiet(account)) return;
    quietWaits.delete(account);
    for (const tell of waits) tell();
  };

  const detach = (account: Account) => {
    const open = opened.get(account);
    open?.takeBack?.();
    open?.stopListening();
    opened.delete(account);
    tries.breakOff(account);
    for (const tell of quietWaits.get(account) ?? []) tell();
    quietWaits.delete(account);
  };

  return {
    add(account, delivery) {
      const id = insertDelivery(account, delivery);
      const dropped = dropUpTo(account, id - BigInt(most)) + dropAbove(account, mostBytes, id);
      if (dropped > 0) options.onDropped(account, dropped);
      const open = opened.get(account);
      if (open !== undefined) open.hasNews = true;
    },
    attach(account) {
      detach(account);
      const open: Open = {
        hasNews: false,
        takeBack: undefined,
        since: 0,
        ringsAt: 0,
        stopListening: account.onCommit(() => {
          if (!open.hasNews) return;
          open.hasNews = false;
          setAlarm(account, open, account.clock.now());
        }),
      };
      opened.set(account, open);
      const isWaiting = kinds.some(
        (kind) =>
          dueDeliveries(account, kind, 1).length > 0 || nextDue(account, kind) !== undefined,
      );
      if (isWaiting) setAlarm(account, open, account.clock.now());
    },
    detach,
    quiet: (account) =>
      new Promise((resolve) => {
        if (isQuiet(account)) return resolve();
        quietWaits.set(account, (quietWaits.get(account) ?? new Set()).add(resolve));
      }),
    hasten(account, kind) {
      account.write(() => hastenDeliveries(account, kind));
      const open = opened.get(account);
      if (open !== undefined) setAlarm(account, open, account.clock.now());
    },
    next(account) {
      const times = kinds.flatMap((kind) => nextDue(account, kind) ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    outstanding: (account) =>
      kinds.reduce((sum, kind) => sum + dueDeliveries(account, kind, mostCounted).length, 0),
    isIdle: (account) => opened.get(account)?.takeBack === undefined && tries.isIdle(account),
  };
}
