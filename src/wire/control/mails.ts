import { setImmediate as immediate } from 'node:timers/promises';
import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { isoTime } from '../../lib/clock.ts';
import { findCodes } from '../../mail/codes.ts';
import { findMails } from '../../mail/find-mails.ts';
import { findLinks } from '../../mail/links.ts';
import { readMail, type StoredMail } from '../../mail/read-mail.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

/** Characters: each mail is searched for them. */
const text = z.string().max(300).optional();
const query = z.strictObject({
  to: text,
  from: text,
  subject: text,
  text,
  customId: text,
  campaign: text,
  messageId: text,
  messageUuid: text,
  requestGuid: text,
  status: text,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const mailbox = z.strictObject({ email: z.string(), name: z.string() });
const history = z.strictObject({
  type: z.string(),
  at: z.iso.datetime(),
  state: z.string(),
  url: z.string(),
});
const shownMail = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  source: z.enum(['v3.1', 'v3', 'smtp']),
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
    }),
  ),
  customId: z.string(),
  eventPayload: z.string(),
  campaign: z.string(),
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
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** A mail as control shows it. */
function show(mail: StoredMail): z.input<typeof shownMail> {
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
    attachments: mail.attachments.map(({ filename, contentType, contentId, size }) => ({
      filename,
      contentType,
      contentId,
      size,
    })),
    customId: mail.customId,
    eventPayload: mail.eventPayload,
    campaign: mail.campaign,
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
    warnings: mail.warnings,
  };
}

export const mailRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/mails',
    description:
      'Lists the mails that were sent, newest first, 100 unless `limit` says otherwise; each condition given must hold: to, from (whole or with `*`), subject, text (contained, in any case), customId, campaign, messageId, messageUuid, requestGuid, status.',
    example: `-G -d 'to=*@example.com' -d subject=order`,
    query,
    answer: z.strictObject({ mails: z.array(shownMail) }),
    async handler(account, { query: { limit, ...wanted } }) {
      const mails = [];
      for (const mail of await findMails(account, wanted, limit)) {
        mails.push(show(mail));
        await immediate(); // links and codes of large mails take their time: others get their turn
      }
      return { mails };
    },
  }),
  accountRoute({
    method: 'GET',
    path: '/mails/:id',
    description: 'Shows a mail.',
    example: '',
    answer: shownMail,
    handler(account, { params: { id = '' } }) {
      const mail = /^\d{1,18}$/.test(id) ? readMail(account, BigInt(id)) : undefined;
      if (mail === undefined) throw new ControlError(404, `There is no mail ${id}`);
      return show(mail);
    },
  }),
];
