import type { Account } from '../accounts/account.ts';
import { writeContacts } from '../contacts/write-contact.ts';

/**
 * The IDs of the recipients' contacts, in their order; who is new becomes one (reported). Runs inside a transaction.
 * assumed: the name that a mail gives to a recipient is not his contact's.
 */
export function contactsOf(account: Account, recipients: readonly { email: string }[]): bigint[] {
  const [only] = recipients;
  if (recipients.length === 1 && only !== undefined) {
    const found = account.sql('SELECT ID FROM contact WHERE Email = ?').get(only.email) as
      | { ID: bigint }
      | undefined; // the one column selected
    if (found !== undefined) return [found.ID];
  }
  const keys = recipients.map(({ email }) => email.toLowerCase());
  const wishes = new Map(
    recipients.map(({ email }, i) => [keys[i] ?? '', { email, key: keys[i] ?? '', changes: [] }]),
  );
  const ids = writeContacts(account, [...wishes.values()]);
  const byKey = new Map([...wishes.keys()].map((key, i) => [key, ids[i] ?? 0n]));
  return keys.map((key) => byKey.get(key) ?? 0n); // each has one
}
