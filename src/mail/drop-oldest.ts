import type { Account } from '../accounts/account.ts';

/**
 * How much mail an account keeps.
 * @property mails contents of mails
 * @property mailsBytes bytes of these contents, attachments included
 * @property messages rows of `message`; 0 for all
 */
export interface MailBounds {
  mails: number;
  mailsBytes: number;
  messages: number;
}

/**
 * What was dropped.
 * @property first the kinds of which this account has lost some for the first time
 * @property isDue true when a message was among it that had a step to come
 * @property isMore true when there is still more than the bounds allow
 */
export interface Dropped {
  first: ('mails' | 'messages')[];
  isDue: boolean;
  isMore: boolean;
}

/** What is kept of each kind, as the triggers of the migration count it. */
interface Kept {
  mailContents: bigint;
  mailBytes: bigint;
  messageCount: bigint;
  droppedMails: bigint;
  droppedMessages: bigint;
}

/** Most rows of a kind that go in one transaction: some milliseconds. */
const slice = 1000;

/**
 * How far below a bound is gone once it bites, a hundredth of it: on disk each page that a transaction touches is written,
 * and a few old rows together touch hardly more of them than one.
 */
const belowBound = (bound: number, most: number) => Math.min(most, Math.floor(bound / 100));
const mostRows = 100;
const mostBytes = 1_000_000;

/**
 * Drops what is oldest above the bounds, a slice of it: contents of mails, but for the newest one's, and messages with
 * their history. The mail itself goes with the last of both. Runs inside a transaction.
 */
export function dropOldest(account: Account, bounds: MailBounds): Dropped {
  const kept = account
    .sql('SELECT mailContents, mailBytes, messageCount, droppedMails, droppedMessages FROM account')
    .get() as Kept; // always one row
  const mails = dropContents(account, kept, bounds);
  const messages =
    bounds.messages === 0
      ? { count: 0, isDue: false, isMore: false }
      : dropMessages(account, Number(kept.messageCount), bounds.messages);
  const first: Dropped['first'] = [];
  if (mails.count > 0 && kept.droppedMails === 0n) first.push('mails');
  if (messages.count > 0 && kept.droppedMessages === 0n) first.push('messages');
  if (mails.count + messages.count > 0)
    account
      .sql(
        'UPDATE account SET droppedMails = droppedMails + ?, droppedMessages = droppedMessages + ?',
      )
      .run(mails.count, messages.count);
  return { first, isDue: messages.isDue, isMore: mails.isMore || messages.isMore };
}

function dropContents(account: Account, kept: Kept, { mails, mailsBytes }: MailBounds) {
  let contents = Number(kept.mailContents);
  let bytes = Number(kept.mailBytes);
  const isAbove = (count: number, size: number) =>
    contents > 1 && (contents > count || bytes > size);
  if (!isAbove(mails, mailsBytes)) return { count: 0, isMore: false };
  const fewer = mails - belowBound(mails, mostRows);
  const smaller = mailsBytes - belowBound(mailsBytes, mostBytes);
  const oldest = account
    .sql('SELECT mailID, size FROM mailcontent ORDER BY mailID LIMIT ? + 0')
    .iterate(slice) as IterableIterator<{ mailID: bigint; size: bigint }>; // the columns selected
  let from: bigint | undefined;
  let to = 0n;
  let count = 0;
  for (const { mailID, size } of oldest) {
    from ??= mailID;
    to = mailID;
    count += 1;
    contents -= 1;
    bytes -= Number(size);
    if (!isAbove(fewer, smaller)) break;
  }
  account.sql('DELETE FROM mailcontent WHERE mailID <= ?').run(to);
  dropMails(account, from ?? to, to);
  return { count, isMore: isAbove(mails, mailsBytes) };
}

function dropMessages(account: Account, count: number, bound: number) {
  const above = count - bound;
  if (above <= 0) return { count: 0, isDue: false, isMore: false };
  const oldest = account
    .sql('SELECT ID, mailID, dueAt FROM message ORDER BY ID LIMIT ? + 0')
    .all(Math.min(above + belowBound(bound, mostRows), slice)) as {
    ID: bigint;
    mailID: bigint;
    dueAt: bigint | null;
  }[]; // the columns selected
  const first = oldest[0];
  const last = oldest.at(-1);
  if (first === undefined || last === undefined) return { count: 0, isDue: false, isMore: false };
  account.sql('DELETE FROM message WHERE ID <= ?').run(last.ID);
  // IDs of messages rise with those of their mails
  dropMails(account, first.mailID, last.mailID);
  return {
    count: oldest.length,
    isDue: oldest.some(({ dueAt }) => dueAt !== null),
    isMore: above > oldest.length,
  };
}

/** Drops the mails of which nothing is left. */
function dropMails(account: Account, from: bigint, to: bigint): void {
  account
    .sql(
      `DELETE FROM mail WHERE ID BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM message WHERE mailID = mail.ID)
       AND NOT EXISTS (SELECT 1 FROM mailcontent WHERE mailID = mail.ID)`,
    )
    .run(from, to);
}
