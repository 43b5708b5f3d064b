import type { Account } from '../accounts/account.ts';

/**
 * What is to be delivered.
 * @property kind name of the kind that delivers it
 * @property subject ID of what it is about
 * @property target where it goes: those of one target may go together; '' where the kind knows
 * @property payload as its kind writes and reads it
 * @property after ms of the account's clock until the first try; at once without
 */
export interface NewDelivery {
  kind: string;
  subject: bigint;
  target?: string;
  payload: string;
  after?: number;
}

/** A delivery that waits. @property tries those that have failed */
export interface Delivery extends Required<Omit<NewDelivery, 'after'>> {
  id: bigint;
  tries: number;
  /** ms since 1970, by the account's clock. */
  createdAt: number;
}

/** What became of a delivery so far. @property error why the last try failed, '' where none did */
export interface DeliveryState {
  state: 'waiting' | 'done' | 'failed';
  tries: number;
  error: string;
}

/** Delivers what an account has in its outbox; see `createOutbox`. */
export interface DeliveryKind {
  name: string;
  /** Most deliveries of one target that are tried together, oldest first. */
  together: number;
  /** True to try those of one target one after the other, in the order in which they came: who fails holds up the others. */
  inOrder?: true;
  /** Most tries at a time, of one account and of all. */
  atOnce: { ofAccount: number; ofAll: number };
  /** How long a try may take, ms of the machine's time. */
  patience: number;
  /**
   * Tries once, all or nothing. What was tried when the process was killed is tried again.
   * @param deliveries at least one, all of the same target
   * @param signal aborted when the patience is over, or the account is closed
   * @throws Error for a try that failed
   */
  try(account: Account, deliveries: readonly Delivery[], signal: AbortSignal): Promise<void>;
  /**
   * When a try that failed is repeated, ms on the account's clock; undefined gives up. Runs inside a transaction.
   * @param delivery its `tries` counts the one that has just failed
   */
  gap(delivery: Delivery, error: Error, account: Account): number | undefined;
}
