import type { Account } from '../accounts/account.ts';
import { webhookKind } from './queue.ts';

/** Events that were posted and taken, by their names: read of the rows when first asked for, then counted as they are taken. */
const known = new WeakMap<Account, { epoch: number; counts: Map<string, number> }>();

/** How many events of a type, or of any, were posted and taken. @param event as webhooks name it */
export function countTaken(account: Account, event: string | undefined): number {
  const counts = countsOf(account) ?? readCounts(account);
  if (event !== undefined) return counts.get(event) ?? 0;
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Takes note that a body was posted and taken. */
export function countBody(account: Account, body: string): void {
  const counts = countsOf(account);
  if (counts !== undefined) addBody(counts, body);
}

/** Takes note that no post is kept any more. */
export function forgetTaken(account: Account): void {
  known.delete(account);
}

/** The counts, unless nobody has asked since the account was made what it is. */
function countsOf(account: Account): Map<string, number> | undefined {
  const entry = known.get(account);
  return entry?.epoch === account.epoch ? entry.counts : undefined;
}

function readCounts(account: Account): Map<string, number> {
  const counts = new Map<string, number>();
  const rows = account
    .sql("SELECT payload FROM delivery WHERE kind = ? AND state = 'done'")
    .iterate(webhookKind) as IterableIterator<{ payload: string }>; // the column selected
  for (const { payload } of rows) addBody(counts, payload);
  known.set(account, { epoch: account.epoch, counts });
  return counts;
}

/** A quotation mark in a value is escaped, so no text of a customer looks like the beginning of an event. */
function addBody(counts: Map<string, number>, body: string): void {
  for (const [, name = ''] of body.matchAll(/\{"event":"([a-z]{1,20})",/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
}
