import { appendToFile, beginFile, finishFile } from '../accounts/data-store.ts';
import type { ActionCall } from '../engine/action.ts';
import type { Answer } from '../engine/call.ts';
import { fieldsOf } from '../engine/fields.ts';
import type { Row } from '../engine/row.ts';
import { keepItems, requestOf } from '../jobs/batch-body.ts';
import { findJob, insertJob, type Job } from '../jobs/job.ts';
import { invalidProperty, objectNotFound } from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';

interface ListAction {
  ListID: bigint;
  Action: string;
}

/** Makes the job of a managemanycontacts: its body is kept as it came, the contacts are looked at by the job. */
export function startBatch({ account, body }: ActionCall, lists: ListAction[]): Answer {
  const contacts = fieldsOf(body.object()).get('contacts');
  // assumed, by analogy with other required properties
  if (!Array.isArray(contacts))
    throw invalidProperty('Contacts', 'MJ03 A non-empty value is required');
  const id = account.write(() => {
    const payload = beginFile(account, {
      owner: 'batchjob',
      ownerId: 0n,
      kind: 'Contacts',
      mime: 'application/json',
    });
    appendToFile(account, payload, Buffer.from(body.text));
    finishFile(account, payload);
    return insertJob(account, {
      kind: 'contact-batch',
      jobType: 'Contact list import free format', // assumed
      status: 'Allocated',
      method: lists[0]?.Action ?? 'Unknown',
      refId: lists[0]?.ListID ?? 0n,
      request: {
        payload: String(payload),
        lists: lists.map(({ ListID, Action }) => ({ ListID: String(ListID), Action })),
      },
    });
  });
  keepItems(account, id, contacts);
  return { status: 201, rows: [{ JobID: id }], job: { id, use: 'made' } }; // reported
}

/** GET of a managemanycontacts job; a production client's strict decoder needs all seven fields. */
export function showBatch(call: ActionCall): Answer {
  const job = jobOfPath(call, 'contact-batch');
  return {
    status: 200,
    rows: [
      {
        ContactsLists: requestOf(job).lists.map(({ Action, ListID }) => ({
          Action,
          ListID: BigInt(ListID),
        })),
        ...jobFields(call, job),
      },
    ],
    job: { id: job.id, use: 'read' },
  };
}

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
