import type { Account } from '../accounts/account.ts';
import { happen } from './happen.ts';
import { isFinalReason, withReason } from './outcome-plan.ts';
import type { Step } from './plan.ts';
import { type DueMessage, dueColumns, stepMessages } from './step.ts';

/** The events that webhooks tell of, by their names there. */
export const eventNames = ['sent', 'open', 'click', 'bounce', 'blocked', 'spam', 'unsub'] as const;
type EventName = (typeof eventNames)[number];

/**
 * An event that is to happen.
 * @property email of the recipient; every recipient without
 * @property hard whether a bounce is for good; as the reason has it without
 * @property reason as `messagestate` words it
 * @property at when it happened, ms; now without
 * @property count how often
 */
export interface EventWish
  extends Pick<Step, 'comment' | 'url' | 'agent' | 'ip' | 'geo' | 'source' | 'list'> {
  event: EventName;
  email?: string;
  hard?: boolean;
  reason?: string;
  at?: number;
  count?: number;
}

/** An event that was made. */
export interface MadeEvent {
  id: bigint;
  messageId: bigint;
  email: string;
  /** ms, whole seconds. */
  at: number;
  /** The message's from now on. */
  status: string;
}

const statuses = {
  sent: 'sent',
  open: 'opened',
  click: 'clicked',
  blocked: 'blocked',
  spam: 'spam',
  unsub: 'unsub',
} as const;

/** The step that an event is; a greylisted message is put off, and no bounce in messagehistory. */
function stepOf({ event, hard, reason, ...more }: EventWish): Step {
  const { email: _, at: __, count: ___, comment, ...details } = more;
  if (event !== 'bounce')
    return { ...details, ...withReason({ status: statuses[event] }, comment, reason) };
  const isHard = hard ?? (reason === undefined || isFinalReason(reason));
  const isPutOff = reason?.toLowerCase() === 'greylisted' && !isHard;
  const status = isHard ? 'hardbounced' : isPutOff ? 'deferred' : 'softbounced';
  return { ...details, ...withReason({ status }, comment, reason) };
}

/** True for what becomes of a message that waits in the queue. */
const isOutcome = (event: EventName) =>
  event === 'sent' || event === 'bounce' || event === 'blocked';

/**
 * Makes something happen to the messages of a mail, whatever was planned for them: what a queued one comes to takes the
 * place of its plan, and one that is opened, say, is sent before. Runs inside a transaction.
 * @returns nothing when the mail has no message of that recipient
 */
export function makeEvents(account: Account, mailId: bigint, wish: EventWish): MadeEvent[] {
  const messages = account
    .sql(`SELECT email, ${dueColumns} FROM message WHERE mailID = ? ORDER BY ID`)
    .all(mailId) as (DueMessage & { email: string })[]; // the columns selected
  const wanted = wish.email?.toLowerCase();
  const step = stepOf(wish);
  const at = wish.at ?? account.clock.now();
  return messages
    .filter(({ email }) => wanted === undefined || email.toLowerCase() === wanted)
    .flatMap((message) => {
      const isQueued = message.Status === 'queued';
      if (isQueued && !isOutcome(wish.event)) stepMessages(account, [message], account.clock.now());
      if (isQueued && isOutcome(wish.event)) endPlan(account, message.ID);
      return Array.from({ length: wish.count ?? 1 }, () => {
        const now = { ...message, Status: statusOf(account, message.ID) };
        const id = happen(account, now, step, at);
        const { email, ID: messageId } = message;
        const status = statusOf(account, messageId);
        return { id, messageId, email, at: Math.floor(at / 1000) * 1000, status };
      });
    });
}

function endPlan(account: Account, id: bigint): void {
  account.sql("UPDATE message SET plan = '', dueAt = NULL WHERE ID = ?").run(id);
}

function statusOf(account: Account, id: bigint): string {
  const { Status } = account.sql('SELECT Status FROM message WHERE ID = ?').get(id) as {
    Status: string;
  }; // it is there: nothing of this transaction removes one
  return Status;
}
