import type { State } from './job.ts';

/**
 * How jobs move: `timed` a few milliseconds for each state, by the account's clock; `instant` to the end before the
 * answer to their POST is sent; `polled` one state on after each GET of the job; `held` only when told to.
 */
export type Pace = 'timed' | 'instant' | 'polled' | 'held';

/** A pace, and how long a `timed` job stays in a state at least, ms on the account's clock. */
export interface PaceSetting {
  pace: Pace;
  stateMs: number;
}

/** How a job is to end instead of entering a state. */
export interface EndPlan {
  end: 'Error' | 'Abort';
  error?: string | undefined;
  /** The state that it does not enter; `Importing` without. */
  before?: State | undefined;
}
