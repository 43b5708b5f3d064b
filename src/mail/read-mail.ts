import type { Account } from '../accounts/account.ts';
import type { DeliveryState } from '../outbox/delivery.ts';
import { deliveryState } from '../outbox/rows.ts';
import type { AcceptedRecipient } from './accepted.ts';
import { type Details, readDetails } from './details.ts';
import type { Draft, Mailbox } from './draft.ts';
import { forwardKind } from './forward-kind.ts';

/** What a message of a mail came to. */
interface MailEvent {
  /** As messagehistory names it. */
  type: string;
  /** ms since 1970, whole seconds. */
  at: number;
  /** Reason, '' where there is none. */
  state: string;
  url: string;
}

/** A recipient of a stored mail. */
interface MailRecipient extends Mailbox, AcceptedRecipient {
  /** As `message` shows it; '' for a mail in the sandbox, `dropped` for one that went nowhere. */
  status: string;
  history: MailEvent[];
}

/** An attachment of a stored mail, without its bytes. @property size bytes */
interface StoredAttachment {
  number: number;
  filename: string;
  contentType: string;
  contentId: string;
  isInline: boolean;
  size: number;
}

/** A mail as it is stored. @property at when it was taken, ms */
export interface StoredMail extends Details {
  id: bigint;
  at: number;
  source: Draft['source'];
  requestGuid: string;
  sandbox: boolean;
  from: Mailbox;
  subject: string;
  text: string;
  html: string;
  customId: string;
  eventPayload: string;
  campaign: string;
  attachments: StoredAttachment[];
  /** How far it was passed on; undefined where it is not. */
  forwarded: DeliveryState | undefined;
  /** To, then Cc, then Bcc. */
  recipients: MailRecipient[];
}

interface MailRow {
  ID: bigint;
  at: bigint;
  source: Draft['source'];
  requestGuid: string;
  isSandbox: bigint;
  FromEmail: string;
  FromName: string;
  recipients: string;
  Subject: string;
  CustomID: string;
  EventPayload: string;
  CustomCampaign: string;
  text: string;
  html: string;
  details: string;
}

/** A mail with all that is kept of it; undefined where there is none, or its content was dropped. */
export function readMail(account: Account, id: bigint): StoredMail | undefined {
  const row = account
    .sql('SELECT * FROM mail JOIN mailcontent ON mailID = ID WHERE ID = ?')
    .get(id) as MailRow | undefined; // all columns of both
  if (row === undefined) return undefined;
  return {
    ...readDetails(row.details),
    id,
    at: Number(row.at),
    source: row.source,
    requestGuid: row.requestGuid,
    sandbox: row.isSandbox === 1n,
    from: { email: row.FromEmail, name: row.FromName },
    subject: row.Subject,
    text: row.text,
    html: row.html,
    customId: row.CustomID,
    eventPayload: row.EventPayload,
    campaign: row.CustomCampaign,
    attachments: attachmentsOf(account, id),
    forwarded: deliveryState(account, forwardKind, id),
    recipients: recipientsOf(account, row),
  };
}

/** The bytes of an attachment; undefined where there is none. */
export function readAttachment(
  account: Account,
  mailId: bigint,
  number: number,
): Buffer | undefined {
  const row = account
    .sql('SELECT content FROM attachment WHERE mailID = ? AND number = ?')
    .get(mailId, number) as { content: Buffer } | undefined; // the one column selected
  return row?.content;
}

function attachmentsOf(account: Account, mailId: bigint): StoredAttachment[] {
  const rows = account
    .sql(
      `SELECT number, filename, contentType, contentId, isInline, length(content) AS size FROM attachment
       WHERE mailID = ? ORDER BY number`,
    )
    .all(mailId) as (Pick<StoredAttachment, 'filename' | 'contentType' | 'contentId'> &
    Record<'number' | 'isInline' | 'size', bigint>)[]; // the columns selected
  return rows.map(({ number, isInline, size, ...texts }) => ({
    ...texts,
    number: Number(number),
    isInline: isInline === 1n,
    size: Number(size),
  }));
}

/** A recipient as `storeMail` writes it; with IDs where no message has them. */
export type StoredRecipient = Mailbox &
  Pick<AcceptedRecipient, 'kind'> & { messageId?: string; messageUuid?: string };

/** Recipients as the mail names them, with their messages where there are any left. */
function recipientsOf(
  account: Account,
  { ID: mailId, recipients, isSandbox }: MailRow,
): MailRecipient[] {
  const messages = account
    .sql('SELECT ID, UUID, Status FROM message WHERE mailID = ? ORDER BY ID')
    .all(mailId) as { ID: bigint; UUID: string; Status: string }[]; // the columns selected
  const given = JSON.parse(recipients) as StoredRecipient[]; // storeMail writes it
  // the bound on messages drops the first ones of a mail first
  const dropped = given.length - messages.length;
  return given.map((recipient, index) => {
    const message = messages[index - dropped];
    const { email, name, kind, messageId, messageUuid = '' } = recipient;
    const status = messageId === undefined || isSandbox === 1n ? '' : 'dropped';
    if (message === undefined)
      return {
        email,
        name,
        kind,
        messageId: BigInt(messageId ?? 0),
        messageUuid,
        status,
        history: [],
      };
    const history = historyOf(account, message.ID);
    const { ID, UUID, Status } = message;
    return { email, name, kind, messageId: ID, messageUuid: UUID, status: Status, history };
  });
}

function historyOf(account: Account, messageId: bigint): MailEvent[] {
  const rows = account
    .sql(
      `SELECT EventType AS type, EventAt * 1000 AS at, coalesce(State, '') AS state, url FROM event
       LEFT JOIN messagestate ON messagestate.ID = StateID WHERE messageID = ? ORDER BY EventAt, event.ID`,
    )
    .all(messageId) as (Omit<MailEvent, 'at'> & { at: bigint })[]; // the columns selected
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
