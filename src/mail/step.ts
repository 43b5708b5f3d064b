import type { Account } from '../accounts/account.ts';
import { rfc3339 } from '../lib/clock.ts';
import { type Happening, happen, happeningColumns } from './happen.ts';
import { readPlan, writePlan } from './plan.ts';

/** A message whose next step is to be taken. */
export interface DueMessage extends Happening {
  plan: string;
  dueAt: bigint;
}

/** Columns of a `DueMessage`. */
export const dueColumns = `${happeningColumns}, plan, dueAt`;

/**
 * Takes the next step of messages. Runs inside a transaction.
 * @param at when they take it, ms; without, when each was due
 */
export function stepMessages(account: Account, due: readonly DueMessage[], at?: number): void {
  const plain = due.filter(({ plan }) => plan === '');
  if (plain.length > 0) sendPlain(account, plain, at);
  for (const message of due) if (message.plan !== '') stepOne(account, message, at);
}

/** Sends those of which nothing else was planned, all in one go: nearly every message is one. */
function sendPlain(account: Account, due: readonly DueMessage[], at: number | undefined): void {
  const ids = `[${due.map(({ ID }) => ID).join(',')}]`;
  const time = at ?? account.clock.now();
  account.sql(insertSent).run({ ids, time, isForced: at === undefined ? 0 : 1 });
  account.sql(countDelivered).run({ ids, time: rfc3339(time) });
  account.sql(markSent).run({ ids, time });
}

const chosen = 'ID IN (SELECT value FROM json_each(@ids))';
// each when it was due, or now where the clock was set back since
const insertSent = `INSERT INTO event (messageID, EventType, EventAt)
  SELECT ID, 'sent', CAST(CASE WHEN @isForced THEN @time ELSE min(dueAt, @time) END / 1000 AS INTEGER)
  FROM message WHERE ${chosen} ORDER BY ID`;
const countDelivered = `UPDATE contact SET DeliveredCount = DeliveredCount + got.n, LastActivityAt = max(LastActivityAt, @time)
  FROM (SELECT ContactID, count(*) AS n FROM message WHERE ${chosen} GROUP BY ContactID) AS got
  WHERE contact.ID = got.ContactID`;
const markSent = `UPDATE message SET Status = 'sent', since = @time, dueAt = NULL WHERE ${chosen}`;

function stepOne(account: Account, message: DueMessage, at: number | undefined): void {
  const [step, ...rest] = readPlan(message.plan);
  if (step === undefined) return;
  const time = at ?? Math.min(Number(message.dueAt), account.clock.now());
  happen(account, message, step, time);
  const next = rest[0];
  account
    .sql('UPDATE message SET plan = ?, dueAt = ? WHERE ID = ?')
    .run(
      rest.length === 0 ? message.plan : writePlan(rest),
      next === undefined ? null : time + (next.after ?? 0),
      message.ID,
    );
}
