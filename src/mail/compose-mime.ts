import { httpDate } from '../lib/clock.ts';
import { anyBytes, mediaType } from './content-type.ts';
import {
  type DeliveryTrace,
  deliveryHeaders,
  deliveryMessageId,
  returnPath,
} from './delivery-headers.ts';
import type { Attachment, Draft, Header, Mailbox } from './draft.ts';
import { oneLine, ownHeaders } from './mime-headers.ts';

/**
 * What a message needs beside its draft.
 * @property at when it was sent, ms since 1970
 * @property boundary letters and digits that its parts do not hold: the beginning of each boundary
 */
export interface MimeOptions {
  trace: DeliveryTrace;
  at: number;
  boundary: string;
}

/**
 * The RFC 5322 message of a mail as a recipient gets it: with the headers that production adds, without Bcc; inline
 * attachments beside the HTML in `multipart/related`. Nothing in a draft becomes a header of its own.
 */
export async function composeMime(draft: Draft, options: MimeOptions): Promise<Buffer> {
  const { trace, at, boundary } = options;
  const headers = allHeaders(draft, trace);
  const spelling = new Map(headers.map(({ name }) => [name.toLowerCase(), name]));
  const { text, html, from, sender, replyTo } = draft;
  const isAlone = (text === '' || html === '') && draft.attachments.length === 0;
  // most servers compose none, and would read it at each start
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    ...(from.email === '' ? {} : { from: address(from) }),
    ...(sender === undefined ? {} : { sender: address(sender) }),
    ...(replyTo === undefined ? {} : { replyTo: address(replyTo) }),
    to: draft.to.map(address),
    cc: draft.cc.map(address),
    subject: oneLine(draft.subject),
    date: httpDate(at).replace('GMT', '+0000'),
    messageId: `<${deliveryMessageId(trace)}>`,
    headers: headers.map(({ name, value }) => ({ key: name, value: oneLine(value) })),
    normalizeHeaderKey: (key: string) => spelling.get(key.toLowerCase()) ?? key,
    ...(text === '' ? {} : { text: part(text, isAlone) }),
    ...(html === '' ? {} : { html: part(html, isAlone) }),
    attachments: draft.attachments.map(attachment),
    baseBoundary: boundary,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** The sender's own headers stand before what production would add under the same name. */
function allHeaders(draft: Draft, trace: DeliveryTrace): Header[] {
  const own = ownHeaders(draft.headers);
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const added = deliveryHeaders(trace).filter(({ name }) => !names.has(name.toLowerCase()));
  return [{ name: 'Return-Path', value: returnPath(trace) }, ...own, ...added];
}

function address({ email, name }: Mailbox) {
  return { address: oneLine(email), name: oneLine(name) };
}

// recorded: quoted-printable for both parts
function part(content: string, isAlone: boolean) {
  // a message ends with a line end: the composer takes that of its only part for it, and a boundary brings its own
  const whole = isAlone && content.endsWith('\n') ? `${content}\n` : content;
  return { content: whole, contentTransferEncoding: 'quoted-printable' };
}

function attachment({ filename, contentType, content, contentId, isInline }: Attachment) {
  return {
    filename,
    content,
    contentType: safeType(contentType),
    contentTransferEncoding: 'base64',
    // a text that is inline would be read as a part of the body
    contentDisposition: isInline && !/^text\//i.test(contentType) ? 'inline' : 'attachment',
    ...(isInline && contentId !== '' ? { cid: oneLine(contentId) } : {}),
  };
}

/** A type that says how to read a part would be believed: what holds parts itself, or is no type, is bytes. */
function safeType(contentType: string): string {
  const type = mediaType(contentType);
  if (type === undefined || /^(multipart|message)\//.test(type)) return anyBytes;
  return oneLine(contentType).slice(0, 500);
}
