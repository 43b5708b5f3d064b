import type { Account } from '../accounts/account.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { storeMail } from './store-mail.ts';

/**
 * Puts the mail into the inbox by which production reports a template that failed (documented: its sender, subject and
 * body; the message that it attaches is left out). It is no message of the account's. Runs inside a transaction.
 */
export function reportErrors(account: Account, draft: Draft): void {
  const { templateErrors, templateErrorReporting: to, sandbox, subject } = draft;
  const [first] = templateErrors;
  if (first === undefined || to === undefined || sandbox) return;
  const report: Draft = {
    ...emptyDraft('mailjet'),
    from: { email: 'templating-language-error@mailjet.com', name: '' },
    to: [to],
    // the blank at its end is production's
    subject: `Error while evaluating Mailjet Templating language for message "${subject}" `,
    text: first.message,
  };
  storeMail(account, report, [{ kind: 'to', ...to }], '');
}
