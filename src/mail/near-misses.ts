import type { Account } from '../accounts/account.ts';
import { searchMails } from './find-mails.ts';
import type { Condition } from './mail-conditions.ts';
import type { SearchedMail } from './searched-mail.ts';

/** Mails that are looked at, the newest. */
const mostMails = 1000;
const mostShown = 3;
const mostValues = 3;
const longestValue = 80;

/** A sentence for each of the mails for which most conditions hold: those that do not, and what the values are. */
export async function nearMisses(
  account: Account,
  conditions: readonly Condition[],
): Promise<string[]> {
  const nearest: { failed: number; sentence: string }[] = [];
  let seen = 0;
  for await (const mail of searchMails(account, [])) {
    const failing = conditions.filter(({ values, holds }) => !values(mail).some(holds));
    const worst = nearest[mostShown - 1]?.failed ?? Number.POSITIVE_INFINITY;
    if (failing.length > 0 && failing.length < worst) {
      nearest.push({ failed: failing.length, sentence: sentenceOf(mail, failing) });
      nearest.sort((a, b) => a.failed - b.failed).splice(mostShown);
    }
    seen += 1;
    if (seen === mostMails) break;
  }
  return nearest.map(({ sentence }) => sentence);
}

function sentenceOf(mail: SearchedMail, failing: readonly Condition[]): string {
  const [first = '', ...others] = mail.emails();
  const to = others.length === 0 ? first : `${first} and ${others.length} more`;
  const why = failing.map(({ name, values }) => `${name} is ${shown(values(mail))}`);
  return `mail ${mail.ID} (${quoted(mail.Subject)} to ${to}): ${why.join(', ')}`;
}

function shown(values: string[]): string {
  if (values.length === 0) return 'not there';
  const more = values.length > mostValues ? [`${values.length - mostValues} more`] : [];
  return [...values.slice(0, mostValues).map(quoted), ...more].join(' and ');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
}
