import type { Account } from '../accounts/account.ts';
import { rfc3339 } from '../lib/clock.ts';
import { endStates } from '../lib/job-states.ts';
import { isJsonObject, type JsonObject, readStored, readStoredObject } from '../lib/json.ts';

/** Mailjet's states, in the guide's vocabulary. */
export type State =
  | 'Allocated'
  | 'Upload'
  | 'Prepare'
  | 'Importing'
  | 'Completed'
  | 'Error'
  | 'Abort';

const ends: readonly string[] = endStates;

/** SQL that is true for a job that has not ended; written as in the index `job_open`. */
export const isOpen = `Status NOT IN (${endStates.map((state) => `'${state}'`).join(', ')})`;

/** True for a state that a job does not leave. */
export function isEnd(state: string): boolean {
  return ends.includes(state);
}

/** A job as its row: counts as numbers, IDs exact. */
export interface Job {
  id: bigint;
  kind: string;
  status: State;
  method: string;
  refId: bigint;
  dataId: bigint;
  count: number;
  current: number;
  errcount: number;
  errTreshold: number;
  /** Why it ended in Error, in Mailjet's words. */
  error: string;
  importOptions: string;
  /** What the kind remembers of its request. */
  request: JsonObject;
  /** Where the work stands. */
  progress: JsonObject;
  isWorked: boolean;
  /** When the present state was entered, ms. */
  since: number;
  timeline: { state: State; at: string }[];
}

/** Columns that the work of a job changes. */
export interface JobChanges {
  count?: number;
  current?: number;
  errcount?: number;
  progress?: JsonObject;
  isWorked?: boolean;
  error?: string;
  errorFile?: string;
}

export function findJob(account: Account, id: bigint): Job | undefined {
  const row = account.sql('SELECT * FROM job WHERE ID = ?').get(id) as
    | Record<string, never>
    | undefined; // read column by column below
  return row === undefined ? undefined : shaped(row);
}

/** What decides a job's next step: read before every slice, so without the rest of its row. */
export function jobStanding(
  account: Account,
  id: bigint,
): Pick<Job, 'kind' | 'status' | 'isWorked' | 'since'> | undefined {
  const row = account.sql('SELECT kind, Status, isWorked, since FROM job WHERE ID = ?').get(id) as
    | { kind: string; Status: State; isWorked: bigint; since: bigint }
    | undefined; // the four columns selected
  return (
    row && {
      kind: row.kind,
      status: row.Status,
      isWorked: row.isWorked === 1n,
      since: Number(row.since),
    }
  );
}

/** The newest jobs, at most `limit`, in the order of their making. */
export function newestJobs(account: Account, limit: number): Job[] {
  const rows = account.sql('SELECT * FROM job ORDER BY ID DESC LIMIT ? + 0').all(limit);
  return (rows as Record<string, never>[]).map(shaped).reverse(); // read column by column
}

/** IDs of the jobs that have not ended, in the order of their making. */
export function openJobs(account: Account): bigint[] {
  const rows = account.sql(`SELECT ID FROM job WHERE ${isOpen} ORDER BY ID`).all();
  return (rows as { ID: bigint }[]).map((row) => row.ID); // the one column selected
}

/** Stores a new job in its first state; the caller's transaction holds what belongs to it. */
export function insertJob(
  account: Account,
  job: {
    kind: string;
    jobType: string;
    status: State;
    method?: string;
    refId?: bigint;
    dataId?: bigint;
    errTreshold?: number;
    importOptions?: string;
    request?: JsonObject;
  },
): bigint {
  const now = account.clock.now();
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO job (kind, JobType, Status, Method, RefId, DataID, ErrTreshold, ImportOptions, request, RequestAt, since, timeline)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      job.kind,
      job.jobType,
      job.status,
      job.method ?? 'Unknown',
      job.refId ?? 0n,
      job.dataId ?? 0n,
      job.errTreshold ?? 0,
      job.importOptions ?? '',
      JSON.stringify(job.request ?? {}),
      rfc3339(now),
      now,
      JSON.stringify([{ state: job.status, at: rfc3339(now) }]),
    );
  return BigInt(lastInsertRowid);
}

/** Moves a job into a state: times, timeline, and whether there is work to do in it. */
export function storeState(
  account: Account,
  job: Job,
  state: State,
  hasWork: boolean,
  now = account.clock.now(),
): void {
  const at = rfc3339(now);
  job.timeline.push({ state, at });
  account
    .sql(
      `UPDATE job SET Status = ?, isWorked = ?, since = ?, timeline = ?, AliveAt = ?,
       JobStart = CASE WHEN JobStart = '' AND ? THEN ? ELSE JobStart END,
       JobEnd = CASE WHEN ? THEN ? ELSE JobEnd END WHERE ID = ?`,
    )
    .run(
      state,
      hasWork ? 0 : 1,
      now,
      JSON.stringify(job.timeline),
      at,
      state === 'Abort' ? 0 : 1,
      at,
      isEnd(state) ? 1 : 0,
      at,
      job.id,
    );
}

/** Stores what a slice of work changed, with a sign of life. */
export function updateJob(account: Account, id: bigint, changes: JobChanges): void {
  const columns: Record<string, string | number> = { AliveAt: account.time() };
  if (changes.count !== undefined) columns.Count = changes.count;
  if (changes.current !== undefined) columns.Current = changes.current;
  if (changes.errcount !== undefined) columns.Errcount = changes.errcount;
  if (changes.progress !== undefined) columns.progress = JSON.stringify(changes.progress);
  if (changes.isWorked !== undefined) columns.isWorked = changes.isWorked ? 1 : 0;
  if (changes.error !== undefined) columns.Error = changes.error;
  if (changes.errorFile !== undefined) columns.ErrorFile = changes.errorFile;
  const sets = Object.keys(columns).map((column) => `${column} = ?`);
  account.sql(`UPDATE job SET ${sets.join(', ')} WHERE ID = ?`).run(...Object.values(columns), id);
}

function shaped(row: Record<string, never>): Job {
  return {
    id: row.ID as unknown as bigint,
    kind: String(row.kind),
    status: String(row.Status) as State,
    method: String(row.Method),
    refId: row.RefId as unknown as bigint,
    dataId: row.DataID as unknown as bigint,
    count: Number(row.Count),
    current: Number(row.Current),
    errcount: Number(row.Errcount),
    errTreshold: Number(row.ErrTreshold),
    error: String(row.Error),
    importOptions: String(row.ImportOptions),
    request: readStoredObject(row.request),
    progress: readStoredObject(row.progress),
    isWorked: Number(row.isWorked) === 1,
    since: Number(row.since),
    timeline: readTimeline(row.timeline),
  };
}

function readTimeline(stored: unknown): Job['timeline'] {
  const entries = readStored(stored);
  if (!Array.isArray(entries)) return [];
  return entries
    .filter(isJsonObject)
    .map(({ state, at }) => ({ state: String(state) as State, at: String(at) })); // what enterState wrote
}
