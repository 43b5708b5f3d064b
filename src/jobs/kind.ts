import type { Account } from '../accounts/account.ts';
import type { Job, JobChanges, State } from './job.ts';

/** What a slice of work is given. All it writes is stored in one transaction with its progress. */
export interface Slice {
  account: Account;
  job: Job;
  /** Kept in this process from slice to slice: readers, prepared lookups. Gone after a restart. */
  scratch: Map<string, unknown>;
  /** False once the slice is used up. Asked after a piece of work: however small a slice is, it comes on. */
  hasTime(): boolean;
  /** How many records of a file are read, sorted and stored together. */
  runRecords: number;
}

/** How a slice left the work of its state. */
export type SliceResult =
  | { next: 'more' | 'done'; changes?: JobChanges }
  | { next: 'Error' | 'Abort'; changes?: JobChanges };

/** A kind of job: its states in order, and the work to do in some of them. */
export interface JobKind {
  name: string;
  states: readonly State[];
  work: Partial<Record<State, (slice: Slice) => SliceResult>>;
  /** Called in the transaction in which the job ends. */
  ended?: (account: Account, job: Job) => void;
}
