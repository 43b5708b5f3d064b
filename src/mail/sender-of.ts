import type { Account } from '../accounts/account.ts';
import type { Draft, Warning } from './draft.ts';

/**
 * Who sends with an address.
 * @property ID of the sender that messages show; 0n where the account has none
 * @property Email its address, or `*@` and a domain
 * @property isActive whether production lets mail of the address out
 */
export interface Sender {
  ID: bigint;
  Email: string;
  isActive: boolean;
}

/**
 * The sender that an address sends as: its own, else that of its domain, else the account's default one, which also
 * sends where no address is given (assumed).
 * @param email '' for the default sender
 */
export function senderOf(account: Account, email: string): Sender {
  const wildcard = `*${email.slice(email.lastIndexOf('@'))}`;
  const named = (name: string) => account.sql(ofEmail).get(name) as SenderRow | undefined; // the columns selected
  const own = named(email);
  if (own?.Status === 'Active') return { ID: own.ID, Email: own.Email, isActive: true };
  const ofDomain = named(wildcard);
  if (ofDomain?.Status === 'Active')
    return { ID: ofDomain.ID, Email: ofDomain.Email, isActive: true };
  const first = () => account.sql(defaultSender).get() as SenderRow | undefined; // the same
  const found = own ?? ofDomain ?? first();
  if (found === undefined) return { ID: 0n, Email: '', isActive: false };
  const isActive =
    email === '' ? found.Status === 'Active' : isMetasender(account, email, wildcard);
  return { ID: found.ID, Email: found.Email, isActive };
}

interface SenderRow {
  ID: bigint;
  Email: string;
  Status: string;
}

const ofEmail = "SELECT ID, Email, Status FROM sender WHERE Email = ? AND Status <> 'Deleted'";
const defaultSender = `SELECT ID, Email, Status FROM sender WHERE Status <> 'Deleted'
  ORDER BY IsDefaultSender DESC, ID LIMIT 1`;

/** documented: a metasender is a sender for all keys of its user; that it sends as the default sender here is assumed */
function isMetasender(account: Account, email: string, wildcard: string): boolean {
  const found = account
    .sql('SELECT 1 FROM metasender WHERE Email IN (?, ?) AND IsEnabled = 1 LIMIT 1')
    .get(email, wildcard);
  return found !== undefined;
}

/**
 * What is wrong with who sends a mail; undefined when production lets it out.
 * @param sender as `senderOf` finds it for `from`
 * @param isStrict whether the mail is dropped for it
 */
export function mayNotSend(
  account: Account,
  { from, sender: onBehalf }: Draft,
  sender: Sender,
  isStrict: boolean,
): Warning | undefined {
  const wrong = !sender.isActive
    ? from.email || sender.Email
    : // assumed: the address in the header Sender must be one too
      onBehalf !== undefined && !senderOf(account, onBehalf.email).isActive
      ? onBehalf.email
      : undefined;
  if (wrong === undefined) return undefined;
  return {
    code: 'sender-not-validated',
    message: `"${wrong}" is no active sender of this account: ${
      isStrict ? 'the mail was dropped, as production does' : 'production drops the mail'
    }, and answers success. POST sender and its validate make it one.`,
  };
}
