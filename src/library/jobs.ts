import type { ControlClient, Id } from './control-client.ts';

/** How jobs move; see docs/library.md. */
export type Pace = 'timed' | 'instant' | 'polled' | 'held';

/** A state of a job, in Mailjet's words. */
export type JobState =
  | 'Allocated'
  | 'Upload'
  | 'Prepare'
  | 'Importing'
  | 'Completed'
  | 'Error'
  | 'Abort';

/** The pace of an account, and how long a `timed` job stays in a state at least, ms on the account's clock. */
export interface PaceSetting {
  pace: Pace;
  stateMs: number;
}

/** A job and the states that it went through. */
export interface Job {
  /** Mailjet's ID of it. */
  id: Id;
  /** e.g. `csv-import`. */
  kind: string;
  status: JobState;
  /** e.g. `addnoforce`. */
  method: string;
  /** ID of the list that it is about, 0 for none. */
  refId: Id;
  /** ID of the uploaded file, 0 for none. */
  dataId: Id;
  /** Rows in all, as far as they were counted. */
  count: number;
  /** Rows that are done. */
  current: number;
  /** Rows that were refused. */
  errcount: number;
  /** Why it ended, where it says so. */
  error: string;
  isHeld: boolean;
  /** Each state entered so far; `at` by the account's clock, RFC 3339. */
  timeline: { state: JobState; at: string }[];
}

/** How a job ends instead of entering a state. */
export interface JobEnd {
  end: 'Error' | 'Abort';
  /** The text that Mailjet would give as the reason. */
  error?: string;
}

/** Asynchronous work of an account: CSV imports, bulk calls, list copies. */
export interface Jobs {
  /** The newest 1000 jobs, oldest first. */
  list(): Promise<Job[]>;
  /** @throws MockjetError 404 when there is none with this id */
  get(id: Id): Promise<Job>;
  /** Tells the pace, or sets it: `pace('polled')`. */
  pace(pace?: Pace | { pace: Pace; stateMs?: number }): Promise<PaceSetting>;
  /** Moves a job on, whatever the pace: by one state, or by `states`. Its work is done when this resolves. */
  step(id: Id, states?: number): Promise<Job>;
  /** Keeps a job in its state until it is released. */
  hold(id: Id): Promise<Job>;
  release(id: Id): Promise<Job>;
  /** Ends a job at once. */
  end(id: Id, end: JobEnd): Promise<Job>;
  /** Makes the next job end before it enters the state given as `before` (default `Importing`). */
  endNext(
    end: JobEnd & { before?: 'Upload' | 'Prepare' | 'Importing' | 'Completed' },
  ): Promise<void>;
}

/** @param control with the account's credentials */
export function createJobs({ call }: ControlClient): Jobs {
  return {
    list: async () => (await call<{ jobs: Job[] }>('GET', '/jobs')).jobs,
    get: (id) => call('GET', `/jobs/${id}`),
    pace(pace) {
      if (pace === undefined) return call('GET', '/jobs/pace');
      return call('PUT', '/jobs/pace', { json: typeof pace === 'string' ? { pace } : pace });
    },
    step: (id, states = 1) => call('POST', `/jobs/${id}/step`, { json: { states } }),
    hold: (id) => call('POST', `/jobs/${id}/hold`, { json: {} }),
    release: (id) => call('POST', `/jobs/${id}/release`, { json: {} }),
    end: (id, end) => call('POST', `/jobs/${id}/end`, { json: end }),
    async endNext(end) {
      await call('POST', '/jobs/next/end', { json: end });
    },
  };
}
