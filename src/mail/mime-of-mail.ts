import { createHash } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { composeMime } from './compose-mime.ts';
import type { DeliveryTrace } from './delivery-headers.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { readAttachment, readMail, type StoredMail } from './read-mail.ts';

/** The RFC 5322 message of a stored mail, the same bytes each time; undefined where its content is not kept. */
export async function mimeOfMail(account: Account, id: bigint): Promise<Buffer | undefined> {
  const mail = readMail(account, id);
  if (mail === undefined) return undefined;
  const { trace, boundary } = identityOf(account, mail);
  return composeMime(draftOf(account, mail), { trace, boundary, at: mail.at });
}

/** What was sent, as far as the message shows it. */
function draftOf(account: Account, mail: StoredMail): Draft {
  const { source, from, sender, replyTo, subject, text, html, headers } = mail;
  const of = (wanted: string) =>
    mail.recipients
      .filter(({ kind }) => kind === wanted)
      .map(({ email, name }) => ({ email, name }));
  return {
    ...emptyDraft(source),
    from,
    sender,
    replyTo,
    to: of('to'),
    cc: of('cc'),
    subject,
    text,
    html,
    headers,
    attachments: mail.attachments.map(({ number, filename, contentType, contentId, isInline }) => ({
      filename,
      contentType,
      contentId,
      isInline,
      content: readAttachment(account, mail.id, number) ?? Buffer.alloc(0),
    })),
  };
}

/** The names that production gives a message, made of what is the mail's own: nobody who sends it knows them before. */
function identityOf(
  account: Account,
  { id, requestGuid, recipients }: StoredMail,
): { trace: DeliveryTrace; boundary: string } {
  const row = account.sql('SELECT ID, UserID FROM account').get() as Record<
    'ID' | 'UserID',
    bigint // always one row, of these columns
  >;
  // recorded of a message for one recipient; a mail for more shows that of the first
  const smtpGuid = recipients.find(({ messageUuid }) => messageUuid !== '')?.messageUuid;
  const hash = createHash('sha512')
    .update(JSON.stringify([account.apiKey, `${id}`, requestGuid, smtpGuid]))
    .digest();
  const hex = hash.toString('hex');
  return {
    trace: {
      apiKeyId: row.ID,
      userId: row.UserID,
      mid: hash.subarray(0, 57).toString('base64url'),
      smtpGuid: smtpGuid ?? requestGuid,
      prefix: hex.slice(0, 8),
    },
    boundary: `${hex.slice(-32)}${hex.slice(0, 16)}`,
  };
}
