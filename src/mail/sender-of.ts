import type { Account } from '../accounts/account.ts';

/** The sender that an address sends as: its own, that of its domain, or the account's first (assumed). */
export function senderOf(account: Account, email: string): bigint {
  const domain = `*${email.slice(email.lastIndexOf('@'))}`;
  const found = account
    .sql('SELECT ID FROM sender ORDER BY Email = ? DESC, Email = ? DESC, ID LIMIT 1')
    .get(email.toLowerCase(), domain.toLowerCase()) as { ID: bigint } | undefined; // the one column selected
  return found?.ID ?? 0n;
}
