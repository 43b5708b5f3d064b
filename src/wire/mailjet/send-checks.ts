import type { Account } from '../../accounts/account.ts';
import type { Mailroom } from '../../mail/mailroom.ts';
import type { SendChecks } from '../../sending/v31/send-checks.ts';

/** What `/v3.1/send` asks the account: no template is known yet. */
export function sendChecks(account: Account, mailroom: Mailroom): SendChecks {
  return {
    isSender: (email) => mailroom.isSender(account, email),
    maySetSender: () => true,
    template: () => undefined,
    isMonitoringCategory: () => true,
  };
}
