import type { Account } from '../accounts/account.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Hook } from './hooks.ts';

/** The name of webhooks among deliveries. */
export const webhookKind = 'webhook';

/** documented: what came within a second goes to a URL together */
const groupMs = 1000;
/** Characters from which on a group takes no more (assumed). */
const fullGroup = 500_000;

/**
 * Puts events behind those that wait for a URL: each by itself, or in a group that is open for a second. Runs inside the
 * transaction of what caused them.
 * @param bodies JSON of one event each
 * @param subject ID of the first event; 0n for one of no message
 */
export function enqueue(
  account: Account,
  outbox: Outbox,
  { Url: target, Version }: Pick<Hook, 'Url' | 'Version'>,
  bodies: readonly string[],
  subject: bigint,
): void {
  if (Version === 1n)
    for (const payload of bodies)
      outbox.add(account, { kind: webhookKind, subject, target, payload });
  else
    for (const more of groupsOf(bodies))
      if (!joinGroup(account, target, more))
        outbox.add(account, {
          ...{ kind: webhookKind, subject, target },
          payload: `[${more}]`,
          after: groupMs,
        });
}

/** Bodies joined by commas, none of them much longer than a full group. */
function groupsOf(bodies: readonly string[]): string[] {
  const groups: string[][] = [];
  let length = fullGroup;
  for (const body of bodies) {
    if (length >= fullGroup) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(body);
    length += body.length;
  }
  return groups.map((group) => group.join(','));
}

/** Adds to the group that is open: one that is not due yet is not being posted. */
function joinGroup(account: Account, target: string, more: string): boolean {
  const { changes } = account
    .sql(
      `UPDATE delivery SET payload = substr(payload, 1, length(payload) - 1) || ',' || @more || ']'
       WHERE ID = ${lastOfLine} AND tries = 0 AND dueAt > @now AND since <= @now AND payload LIKE '[%'
       AND length(payload) < ${fullGroup}`,
    )
    .run({ kind: webhookKind, target, more, now: account.clock.now() });
  return changes > 0;
}

const inLine = 'kind = @kind AND target = @target AND dueAt IS NOT NULL';
const lastOfLine = `(SELECT ID FROM delivery WHERE ${inLine} ORDER BY ID DESC LIMIT 1)`;

/** When the newest delivery that waits for a URL was made, ms; 0 where none waits. */
export function newestWaiting(account: Account, target: string): number {
  const row = account
    .sql(`SELECT createdAt FROM delivery WHERE ID = ${lastOfLine}`)
    .get({ kind: webhookKind, target }) as { createdAt: bigint } | undefined; // the one column selected
  return Number(row?.createdAt ?? 0);
}

/**
 * Hands what waits for a dead URL to the backups of its events' types, a group to that of its first event's (assumed);
 * what has none fails. Runs inside a transaction.
 * @param id of the delivery that was just tried
 * @returns whether that one has a backup
 */
export function handOver(account: Account, target: string, id: bigint): boolean {
  const now = account.clock.now();
  account
    .sql(
      `UPDATE delivery SET since = @now, dueAt = @now, target = coalesce((
         SELECT Url FROM eventcallback WHERE IsBackup = 1 AND Status = 'alive' AND Url <> @target
         AND EventType = coalesce(payload ->> '$[0].event', payload ->> '$.event')
       ), target) WHERE ${inLine}`,
    )
    .run({ kind: webhookKind, target, now });
  account
    .sql(
      `UPDATE delivery SET state = 'failed', error = 'The URL is dead, and has no backup', dueAt = NULL
       WHERE ${inLine} AND ID <> @id`,
    )
    .run({ kind: webhookKind, target, id });
  const row = account.sql('SELECT target FROM delivery WHERE ID = ?').get(id) as
    | { target: string }
    | undefined; // the one column selected
  return row !== undefined && row.target !== target;
}
