import type { Account } from '../accounts/account.ts';
import { addSubscribedContact, findContact, mergeValues, setExclusion } from '../contacts/bulk.ts';
import { readSubscriptionAction, subscribe } from '../contacts/subscribe.ts';
import type { ImportRow } from './csv-row.ts';
import type { Job } from './job.ts';

/** Stores one row of an import by the job's method. Runs inside the slice's transaction. */
export function applyRow(account: Account, job: Job, { email, values }: ImportRow): void {
  const known = findContact(account, email);
  if (job.method === 'excludemarketing' || job.method === 'includemarketing') {
    const isExcluded = job.method === 'excludemarketing';
    // documented: global, needs no list; that an unknown address becomes a contact is assumed
    setExclusion(account, known?.id ?? addSubscribedContact(account, email, {}), isExcluded);
    return;
  }
  const action = readSubscriptionAction(job.method);
  if (action === undefined || (action === 'remove' && known === undefined)) return;
  if (known !== undefined && action !== 'remove') mergeValues(account, known, values);
  subscribe(account, known?.id ?? addSubscribedContact(account, email, values), job.refId, action);
}
