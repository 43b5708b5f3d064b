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
  const nearest: { mail: SearchedMail; failing: Condition[] }[] = [];
  let seen = 0;
  for await (const mail of searchMails(account, [])) {
    const failing = conditions.filter(({ values, holds }) => !values(mail).some(holds));
    const worst = nearest[mostShown - 1]?.failing.length ?? Number.POSITIVE_INFINITY;
    if (failing.length > 0 && failing.length < worst) {
      nearest.push({ mail, failing });
      nearest.sort((a, b) => a.failing.length - b.failing.length).splice(mostShown);
    }
    seen += 1;
    if (seen === mostMails) break;
  }
  return nearest.map(({ mail, failing }) => sentenceOf(mail, failing));
}

function sentenceOf(mail: SearchedMail, failing: readonly Condition[]): string {
  const [first = '', ...others] = mail.emails();
  const to = others.length === 0 ? first : `${first} and ${others.length} more`;
  const why = failing.map(({ name, values }) => `${name} is ${shown(values(mail))}`);
  // what was waited for may be missing for the very reason that its template failed
  const [error] = mail.details().templateErrors;
  const failed = error === undefined ? '' : `, and its template failed: ${error.message}`;
  return `mail ${mail.ID} (${quoted(mail.Subject)} to ${to}): ${why.join(', ')}${failed}`;
}

function shown(values: string[]): string {
  if (values.length === 0) return 'not there';
  const more = values.length > mostValues ? [`${values.length - mostValues} more`] : [];
  return [...values.slice(0, mostValues).map(quoted), ...more].join(' and ');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
}
