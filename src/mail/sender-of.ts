import type { Account } from '../accounts/account.ts';

/**
 * The sender that an address sends as: its own, that of its domain, or the account's first, which also sends where no
 * address is given (assumed).
 */
export function senderOf(account: Account, email: string): { ID: bigint; Email: string } {
  const domain = `*${email.slice(email.lastIndexOf('@'))}`;
  const found = account
    .sql('SELECT ID, Email FROM sender ORDER BY Email = ? DESC, Email = ? DESC, ID LIMIT 1')
    .get(email.toLowerCase(), domain.toLowerCase()) as { ID: bigint; Email: string } | undefined; // the columns selected
  return found ?? { ID: 0n, Email: '' };
}
