import PostalMime, { type Address, decodeWords, type Attachment as Part } from 'postal-mime';
import { type Attachment, type Draft, emptyDraft, type Mailbox } from './draft.ts';
import { safeFileName } from './file-name.ts';
import { isOwnHeader } from './mime-headers.ts';

const limits = {
  maxNestingDepth: 50,
  maxHeadersSize: 256 * 1024,
  forceRfc822Attachments: true,
  attachmentEncoding: 'arraybuffer',
} as const;

/** Each part costs the parser some 50 microseconds and its own objects, however empty it is. */
const maxBoundaryLines = 5_000;

/**
 * Reads a MIME message into a draft: addresses and subject from its headers, its parts with `\n` for line ends, its
 * attachments, and all other headers but those that the composer makes anew.
 * @throws Error for parts nested beyond all use or without number, or headers of more than 256 KB
 */
export async function readMime(raw: Buffer, source: Draft['source'] = 'smtp'): Promise<Draft> {
  if (hasMore(raw, '\n--', maxBoundaryLines))
    throw new Error(`More than ${maxBoundaryLines} lines begin with --, as boundaries do`);
  const mail = await PostalMime.parse(raw, limits);
  const [from] = mailboxes(mail.from);
  const [sender] = mailboxes(mail.sender);
  const [replyTo] = mailboxes(mail.replyTo);
  return {
    ...emptyDraft(source),
    from: from ?? { email: '', name: '' },
    sender,
    replyTo,
    to: mailboxes(mail.to),
    cc: mailboxes(mail.cc),
    bcc: mailboxes(mail.bcc),
    subject: mail.subject ?? '',
    text: plainLines(mail.text),
    html: plainLines(mail.html),
    headers: mail.headers
      .filter(({ originalKey }) => isOwnHeader(originalKey))
      .map(({ originalKey, value }) => ({ name: originalKey, value: decodeWords(value) })),
    attachments: mail.attachments.map(attachment),
  };
}

/** Whether a text stands in some bytes more often than that; ends as soon as it is known. */
function hasMore(bytes: Buffer, text: string, count: number): boolean {
  let at = -1;
  for (let found = 0; found <= count; found += 1) {
    at = bytes.indexOf(text, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function mailboxes(given: Address | Address[] | undefined): Mailbox[] {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return list
    .flatMap((entry) => entry.group ?? [entry])
    .flatMap(({ address, name }) => (address ? [{ email: address, name }] : []));
}

/** A part ends with the line end that its boundary needs, which is none of the text. */
function plainLines(text = ''): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
}

function attachment({
  filename,
  mimeType,
  content,
  contentId = '',
  disposition,
  related,
}: Part): Attachment {
  const id = contentId.replace(/^<|>$/g, '');
  return {
    filename: safeFileName(filename ?? ''),
    contentType: mimeType,
    content: bytesOf(content),
    contentId: id,
    isInline: id !== '' && (related === true || disposition === 'inline'),
  };
}

function bytesOf(content: Part['content']): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array
    ? Buffer.from(content)
    : Buffer.from(new Uint8Array(content));
}
