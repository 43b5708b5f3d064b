import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { isoTime } from '../../lib/clock.ts';
import { readLookupId } from '../../lib/int64.ts';
import { findCodes } from '../../mail/codes.ts';
import { findLinks } from '../../mail/links.ts';
import { readMail, type StoredMail } from '../../mail/read-mail.ts';

/** What is wrong with a template, by place. */
export const templateError = z.strictObject({
  part: z.string(),
  expression: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  hint: z.string(),
});

const mailbox = z.strictObject({ email: z.string(), name: z.string() });
const history = z.strictObject({
  type: z.string(),
  at: z.iso.datetime(),
  state: z.string(),
  url: z.string(),
});
export const shownMail = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  source: z.enum(['v3.1', 'v3', 'smtp', 'mailjet']),
  sandbox: z.boolean(),
  requestGuid: z.string(),
  from: mailbox,
  to: z.array(mailbox),
  cc: z.array(mailbox),
  bcc: z.array(mailbox),
  replyTo: mailbox.nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  attachments: z.array(
    z.strictObject({
      filename: z.string(),
      contentType: z.string(),
      contentId: z.string(),
      size: z.number().int(),
      url: z.string(),
    }),
  ),
  customId: z.string(),
  eventPayload: z.string(),
  campaign: z.string(),
  templateId: z.string(),
  variables: z.unknown(),
  recipients: z.array(
    z.strictObject({
      email: z.string(),
      kind: z.enum(['to', 'cc', 'bcc']),
      messageId: z.string(),
      messageUuid: z.string(),
      status: z.string(),
      history: z.array(history),
    }),
  ),
  links: z.array(z.strictObject({ href: z.string(), text: z.string() })),
  codes: z.array(z.string()),
  templateErrors: z.array(templateError),
  forwarded: z
    .strictObject({
      state: z.enum(['waiting', 'done', 'failed']),
      tries: z.number().int(),
      error: z.string(),
    })
    .nullable(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** A mail as control shows it. */
export function showMail(mail: StoredMail): z.input<typeof shownMail> {
  const of = (wanted: string) =>
    mail.recipients
      .filter(({ kind }) => kind === wanted)
      .map(({ email, name }) => ({ email, name }));
  return {
    id: `${mail.id}`,
    at: isoTime(mail.at),
    source: mail.source,
    sandbox: mail.sandbox,
    requestGuid: mail.requestGuid,
    from: mail.from,
    to: of('to'),
    cc: of('cc'),
    bcc: of('bcc'),
    replyTo: mail.replyTo ?? null,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    attachments: mail.attachments.map(({ number, filename, contentType, contentId, size }) => ({
      filename,
      contentType,
      contentId,
      size,
      url: `/_mockjet/mails/${mail.id}/attachments/${number}`,
    })),
    customId: mail.customId,
    eventPayload: mail.eventPayload,
    campaign: mail.campaign,
    templateId: `${mail.template ?? ''}`,
    variables: mail.variables,
    recipients: mail.recipients.map(({ email, kind, messageId, messageUuid, status, history }) => ({
      email,
      kind,
      messageId: `${messageId}`,
      messageUuid,
      status,
      history: history.map((event) => ({ ...event, at: isoTime(event.at) })),
    })),
    links: findLinks(mail),
    codes: findCodes(mail),
    templateErrors: mail.templateErrors,
    forwarded: mail.forwarded ?? null,
    warnings: mail.warnings,
  };
}

/** The mail of a path. @throws ControlError 404 */
export function mailOf(account: Account, { id = '' }: Record<string, string>): StoredMail {
  const known = readLookupId(id);
  const mail = known === undefined ? undefined : readMail(account, known);
  if (mail === undefined)
    throw new ControlError(404, `There is no mail ${id}; GET mails lists them`);
  return mail;
}
