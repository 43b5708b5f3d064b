import type { Account } from '../accounts/account.ts';
import { inboxTurn } from './inbox-turn.ts';

/** Mails of one transaction. */
const slice = 200;

/**
 * Removes mails from the inbox, in slices. Their messages stay, as Mailjet has no way to unsend one; what nothing is
 * left of goes whole.
 * @returns how many were there
 */
export async function removeMails(account: Account, ids: readonly bigint[]): Promise<number> {
  const { epoch } = account;
  let removed = 0;
  for (let from = 0; from < ids.length; from += slice) {
    if (from > 0) await inboxTurn();
    if (!account.isOpen || account.epoch !== epoch) break;
    account.write(() => {
      for (const id of ids.slice(from, from + slice)) {
        removed += account.sql('DELETE FROM mailcontent WHERE mailID = ?').run(id).changes;
        account
          .sql(
            'DELETE FROM mail WHERE ID = ? AND NOT EXISTS (SELECT 1 FROM message WHERE mailID = mail.ID)',
          )
          .run(id);
      }
    });
  }
  return removed;
}
