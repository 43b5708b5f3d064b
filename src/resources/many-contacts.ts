import { appendToFile, beginFile, finishFile } from '../accounts/data-store.ts';
import type { ActionCall } from '../engine/action.ts';
import type { Answer } from '../engine/call.ts';
import { fieldsOf } from '../engine/fields.ts';
import { keepItems, requestOf } from '../jobs/contact-batch/body.ts';
import { insertJob } from '../jobs/job.ts';
import { emptyProperty } from '../lib/errors.ts';
import { jobFields, jobOfPath } from './job-action.ts';

interface ListAction {
  ListID: bigint;
  Action: string;
}

/** Makes the job of a managemanycontacts: its body is kept as it came, the contacts are looked at by the job. */
export function startManyContacts({ account, body }: ActionCall, lists: ListAction[]): Answer {
  const contacts = fieldsOf(body.object()).get('contacts');
  // assumed, by analogy with other required properties
  if (!Array.isArray(contacts)) throw emptyProperty('Contacts');
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
export function showManyContacts(call: ActionCall): Answer {
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
