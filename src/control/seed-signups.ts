import type { Account } from '../accounts/account.ts';
import { findContact } from '../contacts/bulk.ts';
import { readInstant } from '../lib/clock.ts';
import type { SeedDocument } from './seed-document.ts';

/**
 * Stores requests to get onto lists; those of an address that is a contact's are that contact's.
 * @param listId finds a list by its name
 * @throws ControlError of `listId`
 */
export function addSignups(
  account: Account,
  { signups }: SeedDocument,
  listId: (name: string, path: string) => bigint,
): void {
  for (const [index, signup] of signups.entries()) {
    const list = listId(signup.list, `signups[${index}].list`);
    const { confirmAt, confirmIp, signupIp, key, source, sourceId } = signup;
    account
      .sql(
        `INSERT INTO signup (ConfirmAt, ConfirmIp, ContactID, Email, ListID, SignupAt, SignupIp, SignupKey, Source, SourceId)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        seconds(confirmAt),
        confirmIp,
        findContact(account, signup.email)?.id ?? null,
        signup.email,
        list,
        seconds(signup.signupAt ?? account.time()),
        signupIp,
        key ?? account.random.bytes(16).toString('hex'),
        source,
        sourceId ?? 0n,
      );
  }
}

/** Unix seconds of a time in RFC 3339, 0 for none. */
function seconds(time: string | undefined): bigint {
  return time === undefined ? 0n : BigInt(Math.floor((readInstant(time) ?? 0) / 1000));
}
