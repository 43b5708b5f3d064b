import { createHash } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { findLinks } from './links.ts';
import { noteContact } from './note-contact.ts';
import type { Step, StepStatus } from './plan.ts';

/** A message to which something happens. */
export interface Happening {
  ID: bigint;
  mailID: bigint;
  ContactID: bigint;
  CampaignID: bigint;
  Status: string;
}

/** Columns of a `Happening`. */
export const happeningColumns = 'ID, mailID, ContactID, CampaignID, Status';

/** The messagehistory word for a step; `deferred` is ours, and not shown there (assumed: metadata has no word for it). */
const eventTypes: Record<StepStatus, string> = {
  sent: 'sent',
  deferred: 'deferred',
  softbounced: 'bounced', // recorded, though metadata lists softbounced and hardbounced too
  hardbounced: 'bounced',
  blocked: 'blocked',
  spam: 'spam',
  opened: 'opened',
  clicked: 'clicked',
  unsub: 'unsub',
};

/** Of these a message shows the highest that it has come to, in whatever order they are told (assumed). */
const ranks = ['sent', 'opened', 'clicked', 'unsub', 'spam'];

/** From where mail is opened: an address of those that are kept for examples. */
const exampleIp = '203.0.113.7';

/**
 * Lets something happen to a message, with all it changes: status and history, the contact, its subscription. Runs inside
 * a transaction.
 * @param at when, ms
 * @returns ID of the event
 */
export function happen(account: Account, message: Happening, step: Step, at: number): bigint {
  const { status, state = 0 } = step;
  const isPermanent = Number(status === 'hardbounced');
  account.sql(changeMessage).run({
    status: shownStatus(message.Status, status),
    state,
    isPermanent,
    // recorded: 0 of a message that was sent at once
    attempts: Number(status === 'deferred'),
    at,
    id: message.ID,
  });
  const isRead = status === 'opened' || status === 'clicked' || status === 'unsub';
  const listId = status === 'unsub' ? BigInt(step.list ?? listOf(account, message)) : 0n;
  const { lastInsertRowid } = account
    .sql(insertEvent)
    .run(
      message.ID,
      eventTypes[status],
      Math.floor(at / 1000),
      step.comment ?? '',
      state,
      isPermanent,
      step.agent ?? '',
      useragentId(step.agent),
      status === 'clicked' ? (step.url ?? linkOf(account, message)) : '',
      isRead ? (step.ip ?? exampleIp) : '',
      step.geo ?? '',
      status === 'spam' ? (step.source ?? 'JMRPP') : '',
      listId,
    );
  noteContact(account, message.ContactID, { status, listId }, at);
  return BigInt(lastInsertRowid);
}

const changeMessage = `UPDATE message SET Status = @status, StateID = CASE WHEN @state = 0 THEN StateID ELSE @state END,
  StatePermanent = max(StatePermanent, @isPermanent), AttemptCount = AttemptCount + @attempts, since = @at WHERE ID = @id`;
const insertEvent = `INSERT INTO event (messageID, EventType, EventAt, Comment, StateID, isPermanent, Useragent, UseragentID,
  url, ip, geo, source, ListID) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function shownStatus(now: string, next: StepStatus): string {
  return ranks.includes(next) && ranks.indexOf(now) > ranks.indexOf(next) ? now : next;
}

/** recorded: an open has one, and shows no name to it; how it is made is assumed */
const useragentId = (agent = '') =>
  agent === '' ? 0 : 1 + (createHash('sha1').update(agent).digest().readUInt32BE() % 9999);

/** The list that the message's campaign went to; 0n where there is none. */
function listOf(account: Account, { CampaignID }: Happening): bigint {
  const row = account.sql('SELECT ListID FROM campaign WHERE ID = ?').get(CampaignID) as
    | { ListID: bigint }
    | undefined; // the one column selected
  return row?.ListID ?? 0n;
}

/** The first link of the mail that was last clicked: its recipients click one after the other, and a search takes long. */
const lastClicked = new WeakMap<Account, { epoch: number; mailID: bigint; href: string }>();

/** What is clicked where nobody says it: the first link. */
function linkOf(account: Account, { mailID }: Happening): string {
  const last = lastClicked.get(account);
  if (last?.mailID === mailID && last.epoch === account.epoch) return last.href;
  const href = firstLink(account, mailID);
  lastClicked.set(account, { epoch: account.epoch, mailID, href });
  return href;
}

/** Characters of a part in which its first link is looked for. */
const longestSearched = 250_000;

function firstLink(account: Account, mailID: bigint): string {
  const row = account
    .sql(
      `SELECT substr(html, 1, ${longestSearched}) AS html, substr(text, 1, ${longestSearched}) AS text
       FROM mailcontent WHERE mailID = ?`,
    )
    .get(mailID) as { html: string; text: string } | undefined; // the columns selected
  return row === undefined ? '' : (findLinks(row)[0]?.href ?? '');
}
