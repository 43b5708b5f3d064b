import * as z from 'zod';
import type { Account } from '../accounts/account.ts';
import { rfc3339 } from '../lib/clock.ts';
import { emailProblem } from '../lib/email-address.ts';
import { accept } from '../mail/accept.ts';
import { type Draft, emptyDraft } from '../mail/draft.ts';
import { type DueMessage, dueColumns, stepMessages } from '../mail/step.ts';
import { draftWarnings } from '../mail/warnings.ts';
import { moment } from './moment.ts';

const email = z.string().superRefine((value, context) => {
  const problem = emailProblem(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `${value}: ${problem}` });
});
const name = z.string().max(255).default('');
const mailbox = z.union([
  email.transform((given) => ({ email: given, name: '' })),
  z.strictObject({ email, name }),
]);
/** As in a call of `/v3.1/send`. */
const mostRecipients = 50;
const mailboxes = z
  .union([mailbox.transform((one) => [one]), z.array(mailbox)])
  .refine((all) => all.length <= mostRecipients, `name at most ${mostRecipients}`)
  .default([]);
const text = z.string().default('');
const short = z.string().max(255).default('');

/** A mail of a seed: it was sent, and has come to what its address or a rule says. */
export const seedMail = z
  .strictObject({
    from: mailbox,
    to: mailboxes,
    cc: mailboxes,
    bcc: mailboxes,
    replyTo: mailbox.optional(),
    subject: short,
    text,
    html: text,
    customId: short,
    campaign: short,
    headers: z.record(z.string().min(1).max(200), z.string().max(1000)).default({}),
    at: moment.optional(),
  })
  .refine(
    ({ to, cc, bcc }) => to.length + cc.length + bcc.length > 0,
    'name at least one recipient',
  );

/** Messages of all mails of one seed together: they are stored in one go, while others wait. */
const mostMessages = 2000;

/** What mails have too much of, all of them together. */
export function excessOfMails(mails: readonly unknown[]): string | undefined {
  let messages = 0;
  for (const mail of mails) {
    if (typeof mail !== 'object' || mail === null) continue;
    for (const kind of ['to', 'cc', 'bcc']) {
      const given: unknown = Reflect.get(mail, kind);
      if (given !== undefined) messages += Array.isArray(given) ? given.length : 1;
    }
  }
  return messages > mostMessages
    ? `${messages} recipients of mails, of at most ${mostMessages}`
    : undefined;
}

/** Takes mails as if they had been sent at their time, or now, and lets happen what is due. Runs inside a transaction. */
export function addMails(
  account: Account,
  { mails }: { mails: readonly z.output<typeof seedMail>[] },
): void {
  for (const mail of mails) {
    const draft = draftOf(mail);
    const [accepted] = accept(account, [{ ...draft, warnings: draftWarnings(draft) }], {
      requestGuid: '',
      isStrict: false,
      numbersSandbox: false,
      stepMs: 0,
      render: (_account, written) => written,
    });
    if (accepted === undefined) continue;
    if (mail.at !== undefined) date(account, accepted.mailId, mail.at);
    takeDueSteps(account, accepted.mailId);
  }
}

function draftOf({ headers, at: _at, ...mail }: z.output<typeof seedMail>): Draft {
  return {
    ...emptyDraft('v3.1'),
    ...mail,
    replyTo: mail.replyTo,
    headers: Object.entries(headers).map(([header, value]) => ({ name: header, value })),
  };
}

/** Moves a mail that was just taken to another time. */
function date(account: Account, mailId: bigint, at: number): void {
  account.sql('UPDATE mail SET at = ? WHERE ID = ?').run(at, mailId);
  account
    .sql('UPDATE message SET ArrivedAt = ?, since = ?, dueAt = ? WHERE mailID = ?')
    .run(rfc3339(at), at, at, mailId);
}

/** What is due later waits for its time as that of any message does. */
function takeDueSteps(account: Account, mailId: bigint): void {
  const find = account.sql(
    `SELECT ${dueColumns} FROM message WHERE mailID = ? AND dueAt <= ? ORDER BY ID`,
  );
  for (;;) {
    const due = find.all(mailId, account.clock.now()) as DueMessage[]; // the columns selected
    if (due.length === 0) return;
    stepMessages(account, due);
  }
}
