import { createHash } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { rfc3339 } from '../lib/clock.ts';

/** What else tells who a contact was; that it goes too is assumed. */
const personal = ['signup', 'contacthistorydata'];

const keptFor = 30 * 24 * 60 * 60 * 1000;

/** Which contacts can be read: an anonymous one for 30 days (documented), by the account's clock. */
export const readableContacts = {
  where: "anonymizedAt = '' OR anonymizedAt > ?",
  values: (account: Account) => [rfc3339(account.clock.now() - keptFor)],
};

/**
 * Makes a contact anonymous, as DELETE /v4/contacts/{id} does. recorded: its memberships vanish and its address is
 * free at once; documented: the row can be read by ID for 30 days. Without a contact of that ID nothing happens.
 */
export function anonymizeContact(account: Account, id: bigint): void {
  account.write(() => {
    const now = account.time();
    const name = createHash('sha1').update(`${id}/${now}`).digest('hex');
    const { changes } = account
      .sql(
        `UPDATE contact SET Email = ?, Name = 'Anonymized', LastUpdateAt = ?, properties = '{}', anonymizedAt = ?
         WHERE ID = ? AND anonymizedAt = ''`,
      )
      .run(`\\x${name}@domain.invalid`, now, now, id);
    if (changes === 0) return;
    for (const table of ['listrecipient', ...personal])
      account.sql(`DELETE FROM ${table} WHERE ContactID = ?`).run(id);
  });
}
