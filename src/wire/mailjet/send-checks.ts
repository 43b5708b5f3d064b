import type { Account } from '../../accounts/account.ts';
import type { SendChecks } from '../../sending/v31/send-checks.ts';

/** What `/v3.1/send` asks the account: any sender may send, and no template is known yet. */
export function sendChecks(_account: Account): SendChecks {
  return {
    isSender: () => true,
    maySetSender: () => true,
    template: () => undefined,
    isMonitoringCategory: () => true,
  };
}
