import { setImmediate } from 'node:timers/promises';
import type { Account } from '../accounts/account.ts';
import { compileGlob } from '../lib/glob.ts';
import { readMail, type StoredMail } from './read-mail.ts';

/** What mails are asked for; every given part must hold. */
interface MailQuery {
  /** Whole or with `*`, any case; of To, Cc or Bcc. */
  to?: string | undefined;
  /** Whole or with `*`, any case. */
  from?: string | undefined;
  /** Occurs in the subject, any case. */
  subject?: string | undefined;
  /** Occurs in the text or HTML part, any case. */
  text?: string | undefined;
  customId?: string | undefined;
  campaign?: string | undefined;
  requestGuid?: string | undefined;
  messageId?: string | undefined;
  messageUuid?: string | undefined;
  /** Of one of its messages. */
  status?: string | undefined;
}

type Condition = (mail: StoredMail) => boolean;

/** How many mails are read in one go, so that a search holds nobody up. */
const step = 100;

/** Makes the conditions of a query. */
function conditionsOf(query: MailQuery): Condition[] {
  const conditions: Condition[] = [];
  const add = (
    name: keyof MailQuery,
    values: (mail: StoredMail) => string[],
    test: (wanted: string) => (value: string) => boolean,
  ) => {
    const wanted = query[name];
    if (wanted === undefined) return;
    const holds = test(wanted);
    conditions.push((mail) => values(mail).some(holds));
  };
  const within = (wanted: string) => {
    const part = wanted.toLowerCase();
    return (value: string) => value.toLowerCase().includes(part);
  };
  const same = (wanted: string) => (value: string) => value === wanted;
  const of = (part: 'email' | 'messageUuid' | 'status') => (mail: StoredMail) =>
    mail.recipients.map((recipient) => recipient[part]);
  add('to', of('email'), compileGlob);
  add('from', ({ from }) => [from.email], compileGlob);
  add('subject', ({ subject }) => [subject], within);
  add('text', ({ text, html }) => [text, html], within);
  add('customId', ({ customId }) => [customId], same);
  add('campaign', ({ campaign }) => [campaign], same);
  add('requestGuid', ({ requestGuid }) => [requestGuid], same);
  add('messageId', (mail) => mail.recipients.map(({ messageId }) => `${messageId}`), same);
  add('messageUuid', of('messageUuid'), same);
  add('status', of('status'), same);
  return conditions;
}

/** The newest mails for which every condition holds, newest first; none once the account is another or closed. */
export async function findMails(
  account: Account,
  query: MailQuery,
  limit: number,
): Promise<StoredMail[]> {
  const conditions = conditionsOf(query);
  const { epoch } = account;
  const found: StoredMail[] = [];
  let before = 2n ** 63n - 1n;
  while (account.isOpen && account.epoch === epoch) {
    const ids = account
      .sql('SELECT mailID FROM mailcontent WHERE mailID < ? ORDER BY mailID DESC LIMIT ?')
      .all(before, step) as { mailID: bigint }[]; // the column selected
    for (const { mailID } of ids) {
      const mail = readMail(account, mailID);
      if (mail === undefined || !conditions.every((holds) => holds(mail))) continue;
      found.push(mail);
      if (found.length >= limit) return found;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < step) return found;
    before = last.mailID;
    await setImmediate();
  }
  return [];
}
