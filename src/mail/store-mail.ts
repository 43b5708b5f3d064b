import type { Account } from '../accounts/account.ts';
import { writeDetails } from './details.ts';
import type { Draft, Mailbox } from './draft.ts';

/** Stores a mail and its content; returns its ID. Runs inside a transaction. */
export function storeMail(
  account: Account,
  draft: Draft,
  recipients: readonly (Mailbox & { kind: string; messageId?: bigint; messageUuid?: string })[],
  requestGuid: string,
): bigint {
  const details = writeDetails(draft);
  const attached = draft.attachments.reduce((sum, { content }) => sum + content.length, 0);
  const size = Buffer.byteLength(draft.text) + Buffer.byteLength(draft.html) + attached;
  const { lastInsertRowid } = account.sql(insertMail).run(
    account.clock.now(),
    draft.source,
    requestGuid,
    Number(draft.sandbox),
    draft.from.email,
    draft.from.name,
    // no JSON of JavaScript's holds an integer of 19 digits
    JSON.stringify(recipients, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    draft.subject,
    draft.customId,
    draft.eventPayload,
    draft.campaign,
    draft.attachments.length,
    size,
    Number(draft.html !== ''),
    Number(draft.text !== ''),
    Number(draft.trackOpens !== 'disabled'),
    Number(draft.trackClicks !== 'disabled'),
  );
  const mailId = BigInt(lastInsertRowid);
  account
    .sql('INSERT INTO mailcontent (mailID, size, text, html, details) VALUES (?, ?, ?, ?, ?)')
    .run(mailId, size + Buffer.byteLength(details), draft.text, draft.html, details);
  for (const [number, attachment] of draft.attachments.entries())
    account
      .sql(insertAttachment)
      .run(
        mailId,
        number,
        attachment.filename,
        attachment.contentType,
        attachment.contentId,
        Number(attachment.isInline),
        attachment.content,
      );
  return mailId;
}

const insertMail = `INSERT INTO mail (at, source, requestGuid, isSandbox, FromEmail, FromName, recipients, Subject, CustomID,
  EventPayload, CustomCampaign, AttachmentCount, MessageSize, IsHTMLPartIncluded, IsTextPartIncluded, IsOpenTracked,
  IsClickTracked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertAttachment = `INSERT INTO attachment (mailID, number, filename, contentType, contentId, isInline, content)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
