import { setImmediate as immediate } from 'node:timers/promises';
import type { Account } from '../accounts/account.ts';
import type { Delivery, DeliveryKind } from './delivery.ts';

/** How a try has ended; `error` where it failed. */
export interface Ended {
  deliveries: readonly Delivery[];
  error: Error | undefined;
}

/** The tries that are under way, of all accounts. */
interface Tries {
  /** Begins tries of what is due and not under way yet, as far as there is room; an account that finds none waits in line. */
  begin(account: Account, kind: DeliveryKind, due: readonly Delivery[]): void;
  /** Deliveries of a kind that are being tried for an account. */
  underWay(account: Account, kind: DeliveryKind): number;
  /** Breaks off what is being tried for an account; nobody is told of its end. */
  breakOff(account: Account): void;
  /** True for an account for which nothing is tried, or waits in line. */
  isIdle(account: Account): boolean;
}

interface Try {
  kind: DeliveryKind;
  deliveries: readonly Delivery[];
  controller: AbortController;
  isBrokenOff: boolean;
}

/**
 * @param listener `ended` is told of each end, and says false where it could not be stored; `hasRoom` is told of an account
 *   that may have more to begin
 */
export function createTries(listener: {
  ended(account: Account, kind: DeliveryKind, ended: Ended): boolean;
  hasRoom(account: Account): void;
}): Tries {
  const underWay = new Map<Account, Set<Try>>();
  /** Tries of each kind, those that were broken off and have not ended too. */
  const counts = new Map<DeliveryKind, number>();
  const line = new Map<DeliveryKind, Set<Account>>();

  const triesOf = (account: Account, kind: DeliveryKind) =>
    [...(underWay.get(account) ?? [])].filter((one) => one.kind === kind);

  const isFull = (kind: DeliveryKind) => (counts.get(kind) ?? 0) >= kind.atOnce.ofAll;

  const queue = (account: Account, kind: DeliveryKind) => {
    const waiting = line.get(kind) ?? new Set();
    line.set(kind, waiting.add(account));
  };

  /** Who waits in line comes before the account whose try has ended, so that a busy one keeps nobody out. */
  const callNext = (kind: DeliveryKind) => {
    const waiting = line.get(kind) ?? new Set();
    while (!isFull(kind)) {
      const [next] = waiting;
      if (next === undefined) return;
      waiting.delete(next);
      listener.hasRoom(next);
    }
  };

  const forget = (account: Account, one: Try) => {
    const mine = underWay.get(account);
    mine?.delete(one);
    if (mine?.size === 0) underWay.delete(account);
  };

  const start = async (account: Account, one: Try) => {
    const { kind, deliveries } = one;
    underWay.set(account, (underWay.get(account) ?? new Set()).add(one));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const error = await failureOf(account, one);
    counts.set(kind, (counts.get(kind) ?? 0) - 1);
    if (one.isBrokenOff) return callNext(kind);
    forget(account, one);
    const isStored = listener.ended(account, kind, { deliveries, error });
    callNext(kind);
    if (isStored) listener.hasRoom(account);
  };

  return {
    begin(account, kind, due) {
      const own = triesOf(account, kind);
      const known = new Set(own.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)));
      const waiting = due.filter(({ id }) => !known.has(id));
      let room = kind.atOnce.ofAccount - own.length;
      for (const deliveries of byTarget(waiting, kind.together)) {
        if (room <= 0) return;
        if (isFull(kind)) return queue(account, kind);
        room -= 1;
        const controller = new AbortController();
        void start(account, { kind, deliveries, controller, isBrokenOff: false });
      }
    },
    underWay: (account, kind) =>
      triesOf(account, kind).reduce((sum, { deliveries }) => sum + deliveries.length, 0),
    breakOff(account) {
      for (const waiting of line.values()) waiting.delete(account);
      for (const one of underWay.get(account) ?? []) {
        one.isBrokenOff = true;
        one.controller.abort(new Error('the account was closed'));
      }
      underWay.delete(account);
    },
    isIdle: (account) =>
      !underWay.has(account) && ![...line.values()].some((waiting) => waiting.has(account)),
  };
}

/** Deliveries in groups of one target, in the order of their first ones. */
function byTarget(deliveries: readonly Delivery[], together: number): Delivery[][] {
  const groups: Delivery[][] = [];
  const open = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const group = open.get(delivery.target);
    if (group !== undefined && group.length < together) group.push(delivery);
    else {
      const begun = [delivery];
      open.set(delivery.target, begun);
      groups.push(begun);
    }
  }
  return groups;
}

/** Tries once, as long as there is patience; resolves to what went wrong. It begins in a turn of its own. */
async function failureOf(
  account: Account,
  { kind, deliveries, controller }: Try,
): Promise<Error | undefined> {
  const { signal } = controller;
  const timer = setTimeout(
    () => controller.abort(new Error(`It did not end within ${kind.patience} ms`)),
    kind.patience,
  );
  try {
    await immediate();
    signal.throwIfAborted();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await Promise.race([kind.try(account, deliveries, signal), aborted]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
  }
}
