import { domainToASCII } from 'node:url';
import { emailProblem } from '../../lib/email-address.ts';
import type { Draft, Mailbox, Warning } from '../../mail/draft.ts';
import { readMime } from '../../mail/read-mime.ts';
import { addWarning, quoted } from '../add-warning.ts';
import { readHeaders } from './read-headers.ts';

/** Who sends and who gets a mail, as MAIL FROM and RCPT TO said. @property from '' for the null sender */
export interface Envelope {
  from: string;
  to: readonly string[];
}

/** A mail that came by SMTP, read; `unreadable` says what cannot be read. */
export type SubmissionReading = { draft: Draft } | { unreadable: string };

/**
 * Reads a mail that came by SMTP. It is one mail whatever the number of its recipients; who stands in its To or Cc is
 * named there, and any other recipient gets a blind copy.
 */
export async function readSubmission(raw: Buffer, envelope: Envelope): Promise<SubmissionReading> {
  const mail = await readMime(raw).catch((error: Error) => error); // the parser throws Errors
  if (mail instanceof Error) return { unreadable: mail.message };
  const { said, headers, warnings } = readHeaders(mail.headers);
  const draft: Draft = {
    ...mail,
    ...said,
    from: fromOf(mail, envelope),
    ...recipientsOf(mail, envelope, warnings),
    headers,
    warnings,
  };
  return { draft };
}

/** assumed: without an address in From the envelope's sender is the mail's */
function fromOf({ from }: Draft, envelope: Envelope): Mailbox {
  return emailProblem(from.email) === undefined ? from : { email: envelope.from, name: from.name };
}

function recipientsOf(
  mail: Draft,
  envelope: Envelope,
  warnings: Warning[],
): Pick<Draft, 'to' | 'cc' | 'bcc'> {
  const waiting = new Map(envelope.to.map((email) => [keyOf(email), email]));
  const left: string[] = [];
  const named = (mailboxes: readonly Mailbox[]) =>
    mailboxes.filter(({ email }) => {
      const isSent = waiting.delete(keyOf(email));
      if (!isSent) left.push(email);
      return isSent;
    });
  const to = named(mail.to);
  const cc = named(mail.cc);
  const bcc = named(mail.bcc);
  for (const email of waiting.values()) bcc.push({ email, name: '' });
  const sent = new Set(envelope.to.map(keyOf));
  for (const email of left.filter((one) => !sent.has(keyOf(one))))
    addWarning(
      warnings,
      'recipient-not-in-envelope',
      () =>
        `${quoted(email)} stands in the headers, but no RCPT TO named it: nothing was sent to it.`,
    );
  return { to, cc, bcc };
}

/** What is the same for each spelling of an address. */
function keyOf(email: string): string {
  const at = email.lastIndexOf('@') + 1;
  const domain = email.slice(at).toLowerCase();
  return email.slice(0, at).toLowerCase() + (domainToASCII(domain) || domain);
}
