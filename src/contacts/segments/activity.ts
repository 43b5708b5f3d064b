import type { Account } from '../../accounts/account.ts';

/**
 * True once the account has sent a mail, so that somebody may have opened it or clicked in it. Without a table of
 * messages nothing can be sent: then that nobody did is no guess.
 */
export function mayHaveActivity(account: Account): boolean {
  const table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'message'";
  if (account.sql(table).get() === undefined) return false;
  return account.sql('SELECT 1 FROM message LIMIT 1').get() !== undefined;
}
