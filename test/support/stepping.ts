import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../src/accounts/account.ts';
import type { Mock } from './mock.ts';

/** A job's progress in a test's own hands. */
export interface Stepping {
  /** Takes a job one slice of work or one state on; false when it has ended. */
  slice(job: number): boolean;
  /** Takes slices until one has changed what `seen` gives; false when the job ended before. */
  untilChange(job: number, seen: () => unknown): boolean;
  /** Takes a job to its end. */
  finish(job: number): void;
}

/**
 * Stops a mock's own scheduler, so that jobs move by these calls alone, the same on every machine.
 * @param pieces how many pieces of work a slice has: a piece is 16 records or items read, or 50 to 100 rows stored
 */
export function stepping(mock: Mock, account: Account, pieces: number): Stepping {
  mock.scheduler.stop();
  const { runner } = mock.steering;
  const slice = (job: number) => {
    const { step } = runner.next(account, BigInt(job));
    let left = pieces;
    const hasTime = () => {
      left -= 1;
      return left > 0;
    };
    if (step === 'work') runner.work(account, BigInt(job), hasTime);
    if (step === 'move') runner.move(account, BigInt(job));
    return step !== 'none';
  };
  return {
    slice,
    untilChange(job, seen) {
      const before = seen();
      while (slice(job)) if (!isDeepStrictEqual(seen(), before)) return true;
      return false;
    },
    finish(job) {
      while (slice(job));
    },
  };
}
