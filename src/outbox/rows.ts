import type { Account } from '../accounts/account.ts';
import type { Delivery, DeliveryKind, DeliveryState, NewDelivery } from './delivery.ts';

/** Adds a delivery that is due at once; returns its ID. Runs inside a transaction. */
export function insertDelivery(
  account: Account,
  { kind, subject, target = '', payload, after = 0 }: NewDelivery,
): bigint {
  const now = account.clock.now();
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO delivery (kind, subject, target, payload, createdAt, since, dueAt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(kind, subject, target, payload, now, now, now + after);
  return BigInt(lastInsertRowid);
}

/** Drops the deliveries up to an ID, whatever became of them; returns how many were still waiting. */
export function dropUpTo(account: Account, id: bigint): number {
  const dropped = account.sql('DELETE FROM delivery WHERE ID <= ? RETURNING dueAt').all(id) as {
    dueAt: bigint | null;
  }[]; // the one column selected
  return dropped.filter(({ dueAt }) => dueAt !== null).length;
}

/** How many of the oldest are looked at in one go, and what of the bound is gone once it bites. */
const [slice, belowBytes] = [1000, 0.05];

/** Drops the oldest deliveries before `newest` while their payloads have more bytes than that; returns how many still waited. */
export function dropAbove(account: Account, bytes: number, newest: bigint): number {
  const { deliveryBytes } = account.sql('SELECT deliveryBytes FROM account').get() as {
    deliveryBytes: bigint; // always one row, of this column
  };
  let above = Number(deliveryBytes) - bytes;
  if (above <= 0) return 0;
  above += Math.floor(bytes * belowBytes);
  const oldest = account
    .sql(
      'SELECT ID, octet_length(payload) AS size FROM delivery WHERE ID < ? ORDER BY ID LIMIT ? + 0',
    )
    .iterate(newest, slice) as IterableIterator<{ ID: bigint; size: bigint }>; // the columns selected
  let last = 0n;
  for (const { ID, size } of oldest) {
    if (above <= 0) break;
    above -= Number(size);
    last = ID;
  }
  return dropUpTo(account, last);
}

interface Row {
  id: bigint;
  kind: string;
  subject: bigint;
  target: string;
  payload: string;
  tries: bigint;
  createdAt: bigint;
}

const columns = 'ID AS id, kind, subject, target, payload, tries, createdAt';
const waiting = 'kind = @kind AND dueAt IS NOT NULL';
/** The oldest of each target; the others wait behind it. One look into the index for each target, however many wait. */
const firstInLine = `WITH RECURSIVE line (target) AS (
    SELECT min(target) FROM delivery WHERE ${waiting}
    UNION ALL
    SELECT (SELECT min(target) FROM delivery WHERE ${waiting} AND target > line.target) FROM line WHERE line.target IS NOT NULL
  ), first (ID) AS (
    SELECT (SELECT min(ID) FROM delivery WHERE ${waiting} AND target = line.target) FROM line
  )`;

/** The deliveries of a kind that are due, the longest due first; of one that keeps the order, the first of each target. */
export function dueDeliveries(
  account: Account,
  { name: kind, inOrder }: Pick<DeliveryKind, 'name' | 'inOrder'>,
  limit: number,
): Delivery[] {
  const now = account.clock.now();
  const rows = account
    .sql(
      inOrder
        ? `${firstInLine} SELECT ${columns} FROM first JOIN delivery USING (ID) WHERE dueAt <= @now ORDER BY dueAt, ID LIMIT @limit`
        : `SELECT ${columns} FROM delivery WHERE ${waiting} AND dueAt <= @now ORDER BY dueAt, ID LIMIT @limit`,
    )
    .all({ kind, now, limit }) as Row[]; // the columns selected
  return rows.map((row) => ({
    ...row,
    tries: Number(row.tries),
    createdAt: Number(row.createdAt),
  }));
}

/** When the next delivery of a kind is due that is not yet, ms; undefined where none is. */
export function nextDue(
  account: Account,
  { name: kind, inOrder }: Pick<DeliveryKind, 'name' | 'inOrder'>,
): number | undefined {
  const next = account
    .sql(
      inOrder
        ? `${firstInLine} SELECT min(dueAt) AS dueAt FROM first JOIN delivery USING (ID) WHERE dueAt > @now`
        : 'SELECT min(dueAt) AS dueAt FROM delivery WHERE kind = @kind AND dueAt > @now',
    )
    .get({ kind, now: account.clock.now() }) as { dueAt: bigint | null } | undefined; // the one column selected
  return next?.dueAt == null ? undefined : Number(next.dueAt);
}

/** Makes due what waits of a kind. */
export function hastenDeliveries(account: Account, kind: string): void {
  const now = account.clock.now();
  account
    .sql('UPDATE delivery SET since = @now, dueAt = @now WHERE kind = @kind AND dueAt > @now')
    .run({ kind, now });
}

/** Makes due what would wait for a clock that was set back to catch up. */
export function dueAfterSetBack(account: Account): void {
  account
    .sql('UPDATE delivery SET since = @now, dueAt = @now WHERE dueAt IS NOT NULL AND since > @now')
    .run({ now: account.clock.now() });
}

/** Notes how a try has ended. @param dueAt of the next one, ms; null after the last */
export function noteTry(
  account: Account,
  id: bigint,
  { state, tries, error }: DeliveryState,
  dueAt: number | null,
): void {
  account
    .sql(
      'UPDATE delivery SET state = ?, tries = ?, error = ?, since = ?, dueAt = ? WHERE ID = ? AND dueAt IS NOT NULL',
    )
    .run(state, tries, error, account.clock.now(), dueAt, id);
}

/** What became of the newest delivery of a kind about something; undefined where there is none. */
export function deliveryState(
  account: Account,
  kind: string,
  subject: bigint,
): DeliveryState | undefined {
  const row = account
    .sql(
      `SELECT state, tries, error FROM delivery WHERE kind = ? AND subject = ? ORDER BY ID DESC LIMIT 1`,
    )
    .get(kind, subject) as
    | { state: DeliveryState['state']; tries: bigint; error: string }
    | undefined; // the columns selected
  return row && { ...row, tries: Number(row.tries) };
}
