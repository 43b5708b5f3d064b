import type { ControlClient } from './control-client.ts';
import type { TemplateFault } from './templates.ts';

/** An address and its display name, `''` where there is none. */
export interface MailAddress {
  email: string;
  name: string;
}

/** An attachment of a mail as control tells of it. */
interface AttachmentContent {
  filename: string;
  contentType: string;
  /** What `cid:` in the HTML names; `''` where there is none. */
  contentId: string;
  /** Bytes. */
  size: number;
  /** Its path on the server. */
  url: string;
}

/** An attachment of a mail. */
export interface MailAttachment extends AttachmentContent {
  /** Its bytes. */
  content(): Promise<Uint8Array>;
}

/** What happened to a message. */
export interface MailEvent {
  /** As messagehistory names it. */
  type: string;
  /** RFC 3339. */
  at: string;
  /** The reason, `''` where there is none. */
  state: string;
  /** What was clicked. */
  url: string;
}

/** A recipient of a mail, and the message that is theirs. */
export interface MailRecipient {
  email: string;
  kind: 'to' | 'cc' | 'bcc';
  /** Text, since it is above 2^53. */
  messageId: string;
  messageUuid: string;
  /** `''` for a mail in the sandbox. */
  status: string;
  history: MailEvent[];
}

/** A mail as control tells of it. */
export interface MailContent {
  /** In the inbox; it rises from mail to mail. */
  id: string;
  /** By the account's clock, RFC 3339 with milliseconds. */
  at: string;
  /** How it was sent; `mailjet` for a report of Mailjet's own, by `TemplateErrorReporting`. */
  source: 'v3.1' | 'v3' | 'smtp' | 'mailjet';
  /** Sent with `SandboxMode`. */
  sandbox: boolean;
  /** `X-Mj-Request-Guid` of the answer to the call that sent it. */
  requestGuid: string;
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  replyTo: MailAddress | null;
  subject: string;
  text: string;
  html: string;
  /** The sender's own. */
  headers: { name: string; value: string }[];
  attachments: AttachmentContent[];
  customId: string;
  eventPayload: string;
  campaign: string;
  templateId: string;
  variables: unknown;
  /** To, then Cc, then Bcc. */
  recipients: MailRecipient[];
  /** Of HTML and text, in their order. */
  links: { href: string; text: string }[];
  /** Digits or letters that it asks its reader to type in, the likeliest first. */
  codes: string[];
  /** What is wrong with its template language, and how to mend it. */
  templateErrors: TemplateFault[];
  /** How `--forward` fares with it; null where it is not forwarded. */
  forwarded: { state: 'waiting' | 'done' | 'failed'; tries: number; error: string } | null;
  /** What Mailjet would keep silent about. */
  warnings: { code: string; message: string }[];
}

/** A mail, and what a test does with it. */
export interface Mail extends Omit<MailContent, 'attachments'> {
  attachments: MailAttachment[];
  /**
   * The address of its first link, or of the first one whose address or text matches: a pattern, or a text in any case.
   * @throws Error that names the links that there are
   */
  link(which?: RegExp | string): string;
  /** The likeliest of its codes. @throws Error when there is none */
  code(): string;
  /** The message as a recipient gets it, RFC 5322. */
  raw(): Promise<Uint8Array>;
  /** Lets its messages leave the queue now, whatever the pace. @returns the mail as it is then */
  release(): Promise<Mail>;
}

const mostShown = 10;

/** @param control with the account's credentials */
export function createMail(control: ControlClient, content: MailContent): Mail {
  const { id, links, codes, subject } = content;
  const name = `The mail ${id} ${JSON.stringify(subject)}`;
  return {
    ...content,
    attachments: content.attachments.map((attachment) => ({
      ...attachment,
      content: () => control.bytes('GET', attachment.url.replace('/_mockjet', '')),
    })),
    link(which = '') {
      const found = links.find(({ href, text }) => matches(href, which) || matches(text, which));
      if (found !== undefined) return found.href;
      const more = links.length > mostShown ? `, and ${links.length - mostShown} more` : '';
      const all = links.slice(0, mostShown).map(({ href }) => href);
      throw new Error(
        links.length === 0
          ? `${name} has no link`
          : `${name} has no link with ${which}; its links: ${all.join(', ')}${more}`,
      );
    },
    code() {
      const [likeliest] = codes;
      if (likeliest === undefined) throw new Error(`${name} has no code in it`);
      return likeliest;
    },
    raw: () => control.bytes('GET', `/mails/${id}/raw`),
    release: async () =>
      createMail(control, await control.call<MailContent>('POST', `/mails/${id}/release`)),
  };
}

function matches(text: string, which: RegExp | string): boolean {
  return typeof which === 'string'
    ? text.toLowerCase().includes(which.toLowerCase())
    : text.search(which) >= 0;
}
