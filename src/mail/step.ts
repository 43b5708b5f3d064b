import { createHash } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { rfc3339 } from '../lib/clock.ts';
import { readPlan, type Step, type StepStatus, writePlan } from './plan.ts';

/** A message whose next step is to be taken. */
export interface DueMessage {
  ID: bigint;
  ContactID: bigint;
  Status: string;
  plan: string;
  dueAt: bigint;
}

/** Columns of a `DueMessage`. */
export const dueColumns = 'ID, ContactID, Status, plan, dueAt';

/** The messagehistory word for a step; a deferred message has no entry (assumed: metadata has no word for it). */
const eventTypes: Record<StepStatus, string | undefined> = {
  sent: 'sent',
  deferred: undefined,
  softbounced: 'bounced', // recorded, though metadata lists softbounced and hardbounced too
  hardbounced: 'bounced',
  blocked: 'blocked',
  spam: 'spam',
  opened: 'opened',
  clicked: 'clicked',
  unsub: 'unsub',
};

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
  const { status, state = 0 } = step;
  const isPermanent = status === 'hardbounced';
  // a mail that was clicked and is opened again stays clicked (assumed)
  const shown = status === 'opened' && message.Status === 'clicked' ? 'clicked' : status;
  const next = rest[0];
  account
    .sql(
      `UPDATE message SET Status = @status, StateID = CASE WHEN @state = 0 THEN StateID ELSE @state END,
       StatePermanent = max(StatePermanent, @isPermanent), AttemptCount = AttemptCount + @attempts, plan = @plan, since = @time,
       dueAt = @dueAt WHERE ID = @id`,
    )
    .run({
      status: shown,
      state,
      isPermanent: Number(isPermanent),
      // recorded: 0 of a message that was sent at once
      attempts: Number(status === 'deferred'),
      plan: rest.length === 0 ? message.plan : writePlan(rest),
      time,
      dueAt: next === undefined ? null : time + (next.after ?? 0),
      id: message.ID,
    });
  const eventType = eventTypes[status];
  if (eventType !== undefined)
    account
      .sql(
        `INSERT INTO event (messageID, EventType, EventAt, Comment, StateID, isPermanent, Useragent, UseragentID, url)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        message.ID,
        eventType,
        Math.floor(time / 1000),
        step.comment ?? '',
        state,
        Number(isPermanent),
        step.agent ?? '',
        useragentId(step.agent),
        step.url ?? '',
      );
  noteContact(account, message.ContactID, step, time);
}

/** recorded: an open has one, and shows no name to it; how it is made is assumed */
const useragentId = (agent = '') =>
  agent === '' ? 0 : 1 + (createHash('sha1').update(agent).digest().readUInt32BE() % 9999);

/** What a step changes of the contact (assumed, but for what the words say). */
function noteContact(account: Account, contactId: bigint, { status }: Step, at: number): void {
  const time = rfc3339(at);
  const setting = contactSettings[status];
  if (setting !== undefined)
    account.sql(`UPDATE contact SET ${setting} WHERE ID = @id`).run({ time, at, id: contactId });
}

const active = 'LastActivityAt = max(LastActivityAt, @time)';
const contactSettings: Partial<Record<StepStatus, string>> = {
  sent: `DeliveredCount = DeliveredCount + 1, ${active}`,
  opened: `lastOpenedAt = max(lastOpenedAt, @at), ${active}`,
  clicked: `lastClickedAt = max(lastClickedAt, @at), ${active}`,
  spam: `IsSpamComplaining = 1, ${active}`,
  unsub: `UnsubscribedAt = @time, UnsubscribedBy = 'Contact', ${active}`,
};
