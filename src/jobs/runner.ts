import type { Account } from '../accounts/account.ts';
import { forgetItems } from './contact-batch/body.ts';
import { endJob, enterState } from './enter-state.ts';
import { findJob, isEnd, type Job, jobStanding, type State, updateJob } from './job.ts';
import type { SliceResult } from './kind.ts';
import { jobKind } from './kinds.ts';

/** What can be done with a job now. */
type Step = 'work' | 'move' | 'none';

export interface Runner {
  /** What a job waits for: work in its state, a move to the next, or nothing any more. */
  next(account: Account, id: bigint): { step: Step; since: number; entering?: State };
  /**
   * Does a slice of the present state's work, in one transaction.
   * @param hasTime asked after each piece of work whether the slice has room for another
   */
  work(account: Account, id: bigint, hasTime: () => boolean): void;
  /** Enters the next state, now or at a time that has gone by. */
  move(account: Account, id: bigint, at?: number): void;
  /** Ends a job that is not at its end: cancelled, or failed with a text. False when it had ended. */
  end(account: Account, id: bigint, state: 'Abort' | 'Error', error?: string): boolean;
  /** Forgets what the work of an account's jobs kept in this process: another database takes its place. */
  forget(account: Account): void;
}

/** Large enough that the rows of a run, sorted, meet each page of the address index several times. */
const largeRun = 50_000;

/**
 * Moves jobs, one step at a time; who calls it decides about pace.
 * @param onFailure told of a job that failed for a reason of ours
 * @param runRecords how many records of a file are read, sorted and stored together
 */
export function createRunner(
  onFailure: (error: unknown, job: Job) => void,
  runRecords = largeRun,
): Runner {
  const scratches = new WeakMap<Account, Map<bigint, Map<string, unknown>>>();

  const scratchOf = (account: Account, id: bigint) => {
    const jobs = scratches.get(account) ?? new Map<bigint, Map<string, unknown>>();
    scratches.set(account, jobs);
    const scratch = jobs.get(id) ?? new Map<string, unknown>();
    jobs.set(id, scratch);
    return scratch;
  };

  const forgetScratch = (account: Account, id: bigint) => {
    scratches.get(account)?.delete(id);
  };

  const enter = (account: Account, job: Job, state: State, at?: number) => {
    enterState(account, job, state, at);
    if (isEnd(state)) forgetScratch(account, job.id);
  };

  const openJob = (account: Account, id: bigint): Job | undefined => {
    const job = findJob(account, id);
    return job === undefined || isEnd(job.status) ? undefined : job;
  };

  const runSlice = (account: Account, job: Job, hasTime: () => boolean): SliceResult => {
    const work = jobKind(job.kind)?.work[job.status];
    if (work === undefined) return { next: 'done' };
    return work({
      account,
      job,
      scratch: scratchOf(account, job.id),
      hasTime,
      runRecords,
    });
  };

  const runner: Runner = {
    next(account, id) {
      const standing = jobStanding(account, id);
      if (standing === undefined || isEnd(standing.status)) {
        forgetScratch(account, id);
        return { step: 'none', since: 0 };
      }
      const { isWorked, since } = standing;
      return { step: isWorked ? 'move' : 'work', since, entering: stateAfter(standing) };
    },
    work(account, id, hasTime) {
      const job = openJob(account, id);
      if (job === undefined || job.isWorked) return;
      try {
        account.write(() => {
          const { next, changes } = runSlice(account, job, hasTime);
          const done = next === 'done' ? { isWorked: true } : {};
          if (next !== 'more' || changes !== undefined)
            updateJob(account, id, { ...changes, ...done });
          if (next === 'Error' || next === 'Abort') enter(account, job, next);
        });
      } catch (error) {
        onFailure(error, job);
        // a reader in it may stand behind rows that were rolled back
        forgetScratch(account, id);
        runner.end(account, id, 'Error', 'An Unexpected Error occurred during the job');
      }
    },
    move(account, id, at) {
      const job = openJob(account, id);
      if (job === undefined || !job.isWorked) return;
      account.write(() => enter(account, job, stateAfter(job), at));
    },
    end(account, id, state, error) {
      const isEnded = endJob(account, id, state, error);
      if (isEnded) forgetScratch(account, id);
      return isEnded;
    },
    forget(account) {
      scratches.delete(account);
      forgetItems(account);
    },
  };
  return runner;
}

function stateAfter(job: Pick<Job, 'kind' | 'status'>): State {
  const states = jobKind(job.kind)?.states ?? [];
  return states[states.indexOf(job.status) + 1] ?? 'Completed';
}
