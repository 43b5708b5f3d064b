import type { Account } from '../../accounts/account.ts';
import { templateSender } from '../../mail/fill-from-template.ts';
import type { Mailroom } from '../../mail/mailroom.ts';
import { readTemplate, templateHeader, wrongHeaders } from '../../mail/stored-template.ts';
import type { SendChecks } from '../../sending/v31/send-checks.ts';

/** What `/v3.1/send` asks the account. */
export function sendChecks(account: Account, mailroom: Mailroom): SendChecks {
  return {
    isSender: (email) => mailroom.isSender(account, email),
    maySetSender: () => true,
    template(id) {
      const found = readTemplate(account, id);
      if (found === undefined) return undefined;
      const { headers, html } = found;
      const from = templateHeader(headers, 'From') ?? templateHeader(headers, 'SenderEmail');
      return {
        hasFrom: from !== undefined,
        from: templateSender(found).email,
        hasHtml: Boolean(html),
        wrongHeaders: wrongHeaders(headers),
      };
    },
    isMonitoringCategory: () => true,
  };
}
