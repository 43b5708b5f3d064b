import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { anyBytes, mediaType } from '../../mail/content-type.ts';
import { safeFileName } from '../../mail/file-name.ts';
import { mimeOfMail } from '../../mail/mime-of-mail.ts';
import { readAttachment, type StoredMail } from '../../mail/read-mail.ts';
import type { ControlRoute, RawAnswer } from './route.ts';
import { mailOf, showMail, shownMail } from './shown-mail.ts';
import { accountRoute } from './typed-route.ts';

/** Whatever a mail holds, a browser runs none of it, asks for nothing outside, and takes it for nothing else. */
const harmless = {
  'Content-Security-Policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  'X-Content-Type-Options': 'nosniff',
};

/** A part of a mail as it was sent. @throws ControlError 404 for a mail without it */
function part(mail: StoredMail, name: 'html' | 'text'): RawAnswer {
  if (mail[name] === '')
    throw new ControlError(404, `The mail ${mail.id} has no ${name === 'html' ? 'HTML' : 'text'}`);
  return {
    contentType: `text/${name === 'html' ? 'html' : 'plain'}; charset=utf-8`,
    bytes: Buffer.from(mail[name]),
    headers: harmless,
  };
}

/** An attachment to be saved, never shown. @throws ControlError 404 */
function attachment(account: Account, mail: StoredMail, given: string): RawAnswer {
  const known = mail.attachments.find(({ number }) => `${number}` === given);
  const bytes = known && readAttachment(account, mail.id, known.number);
  if (known === undefined || bytes === undefined)
    throw new ControlError(404, `The mail ${mail.id} has no attachment ${given}`);
  return {
    contentType: mediaType(known.contentType) ?? anyBytes,
    bytes,
    headers: { ...harmless, 'Content-Disposition': saveAs(known.filename) },
  };
}

/** RFC 6266: the name for old clients in ASCII, the real one encoded beside it. */
function saveAs(filename: string): string {
  const name = safeFileName(filename).toWellFormed();
  const plain = name.replace(/[^ !#-[\]-~]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export const mailPartRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/mails/:id/html',
    description: 'Shows the HTML of a mail as it was sent.',
    example: '-o mail.html',
    handler: (account, { params }) => part(mailOf(account, params), 'html'),
  }),
  accountRoute({
    method: 'GET',
    path: '/mails/:id/text',
    description: 'Shows the text of a mail as it was sent.',
    example: '-o mail.txt',
    handler: (account, { params }) => part(mailOf(account, params), 'text'),
  }),
  accountRoute({
    method: 'GET',
    path: '/mails/:id/attachments/:number',
    description: 'Downloads an attachment, counted from 0.',
    example: '-OJ',
    handler: (account, { params }) =>
      attachment(account, mailOf(account, params), params.number ?? ''),
  }),
  accountRoute({
    method: 'GET',
    path: '/mails/:id/raw',
    description:
      'Downloads a mail as a recipient of it gets it, a message of RFC 5322 with the headers that Mailjet adds.',
    example: '-o mail.eml',
    async handler(account, { params }): Promise<RawAnswer> {
      const { id } = mailOf(account, params);
      const bytes = await mimeOfMail(account, id);
      if (bytes === undefined) throw new ControlError(404, `There is no mail ${id} any more`);
      return { contentType: 'message/rfc822', bytes, headers: harmless };
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/mails/:id/release',
    description:
      'Lets the messages of a mail that are queued leave the queue now, whatever the pace, and shows the mail.',
    example: '',
    answer: shownMail,
    handler(account, { server, params }) {
      const { id } = mailOf(account, params);
      server.mailroom.life.release(account, id);
      return showMail(mailOf(account, params));
    },
  }),
];
