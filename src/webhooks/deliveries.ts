import type { Account } from '../accounts/account.ts';
import type { DeliveryState } from '../outbox/delivery.ts';
import { webhookKind } from './queue.ts';
import { forgetTaken } from './taken-events.ts';
import { shownUrl } from './target.ts';

/** A post of events as control shows it. */
export interface WebhookDelivery {
  id: bigint;
  /** With *** for credentials. */
  url: string;
  /** What is posted, JSON. */
  body: string;
  state: DeliveryState['state'];
  tries: number;
  /** '' before the first try, `200` once it was taken, else what came instead of that. */
  answer: string;
  /** When it was made, and when it is tried next, ms; null where it is not. */
  at: number;
  nextTryAt: number | null;
}

interface Row {
  ID: bigint;
  target: string;
  payload: string;
  state: DeliveryState['state'];
  tries: bigint;
  error: string;
  createdAt: bigint;
  dueAt: bigint | null;
}

/** Characters of bodies in one list: more would make an answer that no client wants. */
const mostCharacters = 32_000_000;

/** An account's posts of events, newest first. @param wanted `event` as webhooks name it */
export function listDeliveries(
  account: Account,
  wanted: { state?: string | undefined; event?: string | undefined },
  limit: number,
): WebhookDelivery[] {
  const rows = account
    .sql(
      `SELECT * FROM delivery WHERE kind = @kind AND (@state IS NULL OR state = @state)
       AND (@event IS NULL OR instr(payload, @event) > 0) ORDER BY ID DESC LIMIT @limit`,
    )
    .iterate({
      kind: webhookKind,
      state: wanted.state ?? null,
      event: wanted.event === undefined ? null : eventMark(wanted.event),
      limit,
    }) as IterableIterator<Row>; // all its columns
  const deliveries: WebhookDelivery[] = [];
  let characters = 0;
  for (const row of rows) {
    characters += row.payload.length;
    if (characters > mostCharacters && deliveries.length > 0) break;
    deliveries.push(shown(row));
  }
  return deliveries;
}

/** How a body begins an event of a type; a quotation mark in a value is escaped, so no text of a customer looks like it. */
const eventMark = (event: string) => `{"event":"${event}",`;

function shown(row: Row): WebhookDelivery {
  return {
    id: row.ID,
    url: shownUrl(row.target),
    body: row.payload,
    state: row.state,
    tries: Number(row.tries),
    answer: row.state === 'done' ? '200' : row.error,
    at: Number(row.createdAt),
    nextTryAt: row.dueAt === null ? null : Number(row.dueAt),
  };
}

/** What a delivery posts, to post it again; undefined where there is none of that ID. */
export function findDelivery(
  account: Account,
  id: bigint,
): { subject: bigint; target: string; payload: string } | undefined {
  return account
    .sql('SELECT subject, target, payload FROM delivery WHERE kind = ? AND ID = ?')
    .get(webhookKind, id) as { subject: bigint; target: string; payload: string } | undefined; // the columns selected
}

/** How many posts of events were taken, wait and failed. */
export function countDeliveries(account: Account): Record<DeliveryState['state'], number> {
  const rows = account
    .sql('SELECT state, count(*) AS n FROM delivery WHERE kind = ? GROUP BY state')
    .all(webhookKind) as { state: DeliveryState['state']; n: bigint }[]; // the columns selected
  const counts = { done: 0, waiting: 0, failed: 0 };
  for (const { state, n } of rows) counts[state] = Number(n);
  return counts;
}

/** Removes all posts of events; returns how many. Events that wait are never posted. */
export function clearDeliveries(account: Account): number {
  forgetTaken(account);
  return account.write(
    () => account.sql('DELETE FROM delivery WHERE kind = ?').run(webhookKind).changes,
  );
}
