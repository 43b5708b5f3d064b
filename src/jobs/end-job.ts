import type { Account } from '../accounts/account.ts';
import { enterState, findJob, isEnd } from './job.ts';
import { jobKind } from './kinds.ts';

/** Cancels a job, as PUT {"Status":"Abort"} does; false when it has ended already. What it stored stays. */
export function endJob(account: Account, id: bigint): boolean {
  const job = findJob(account, id);
  if (job === undefined || isEnd(job.status)) return false;
  account.write(() => {
    enterState(account, job, 'Abort', false);
    jobKind(job.kind)?.ended?.(account, job);
  });
  return true;
}
