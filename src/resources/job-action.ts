import type { ActionCall } from '../engine/action.ts';
import type { Row } from '../engine/row.ts';
import { findJob, type Job } from '../jobs/job.ts';
import { objectNotFound } from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';

/** The job that a path names. @throws MailjetError 404 */
export function jobOfPath({ account, actionId, object }: ActionCall, kind: string): Job {
  const id = readLookupId(actionId);
  const job = id === undefined ? undefined : findJob(account, id);
  if (job === undefined || job.kind !== kind) throw objectNotFound();
  // assumed: a job is found only below the list it is for
  if (object.ID !== undefined && object.ID !== job.refId) throw objectNotFound();
  return job;
}

/** What every job below a contact or list shows, sorted. */
export function jobFields({ account }: ActionCall, job: Job) {
  const row = account
    .sql('SELECT Count, Error, ErrorFile, JobEnd, JobStart, Status FROM job WHERE ID = ?')
    .get(job.id) as Row; // found before
  return {
    Count: row.Count as bigint, // an integer column
    Error: String(row.Error),
    ErrorFile: String(row.ErrorFile),
    JobEnd: String(row.JobEnd),
    JobStart: String(row.JobStart),
    Status: String(row.Status),
  };
}
