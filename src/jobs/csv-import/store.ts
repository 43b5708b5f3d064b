import type { Account } from '../../accounts/account.ts';
import { addSubscribedContact, findContact, setExclusion } from '../../contacts/bulk.ts';
import { type BulkRow, writeRows } from '../../contacts/bulk-rows.ts';
import { readSubscriptionAction, subscribe } from '../../contacts/subscribe.ts';
import type { Job } from '../job.ts';

/** Stores rows of an import by the job's method, no address twice. Runs inside the slice's transaction. */
export function applyRows(account: Account, job: Job, rows: readonly BulkRow[]): void {
  const action = readSubscriptionAction(job.method);
  if (rows.length === 0) return;
  if (action === undefined) excludeRows(account, job.method === 'excludemarketing', rows);
  else if (action === 'remove') removeRows(account, job.refId, rows);
  else writeRows(account, rows, job.refId, action);
}

/** documented: global, needs no list; that an unknown address becomes a contact is assumed */
function excludeRows(account: Account, isExcluded: boolean, rows: readonly BulkRow[]): void {
  for (const { email } of rows) {
    const id = findContact(account, email)?.id ?? addSubscribedContact(account, email);
    setExclusion(account, id, isExcluded);
  }
}

/** assumed: an unknown address is no error and no new contact */
function removeRows(account: Account, listId: bigint, rows: readonly BulkRow[]): void {
  for (const { email } of rows) {
    const known = findContact(account, email);
    if (known !== undefined) subscribe(account, known.id, listId, 'remove');
  }
}
