import type { Account } from '../accounts/account.ts';
import { findJob, isEnd, type Job, type State, storeState, updateJob } from './job.ts';
import { jobKind } from './kinds.ts';

/** Moves a job into a state, and does what its kind does at the end: the one way for work, control and the API. */
export function enterState(account: Account, job: Job, state: State, at?: number): void {
  const kind = jobKind(job.kind);
  storeState(account, job, state, kind?.work[state] !== undefined, at);
  // read again: what the slice or the ending changed belongs to the job that ends
  if (isEnd(state)) kind?.ended?.(account, findJob(account, job.id) ?? job);
}

/**
 * Ends a job: cancelled, or failed with a text. What it stored stays.
 * @returns false when it has ended already
 */
export function endJob(
  account: Account,
  id: bigint,
  state: 'Abort' | 'Error',
  error?: string,
): boolean {
  const job = findJob(account, id);
  if (job === undefined || isEnd(job.status)) return false;
  account.write(() => {
    if (error !== undefined) updateJob(account, id, { error });
    enterState(account, job, state);
  });
  return true;
}
