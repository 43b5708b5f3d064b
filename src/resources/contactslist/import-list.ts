import { listIsOpen } from '../../contacts/subscribe.ts';
import type { Action } from '../../engine/action.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { insertJob } from '../../jobs/job.ts';
import { copyActions, copyRequestOf } from '../../jobs/list-copy.ts';
import { emptyProperty, objectNotFound, unlistedValue } from '../../lib/errors.ts';
import { readLookupId } from '../../lib/int64.ts';
import { jobFields, jobOfPath } from '../job-action.ts';

/** POST and GET contactslist/{id}/importlist: copies the members of another list into this one. */
export const importList: Action = {
  name: 'ImportList',
  isGlobal: false,
  operations: ['Get', 'Post'],
  parameters: [
    { name: 'Action', datatype: 'AnsiString', required: true },
    { name: 'ListID', datatype: 'Int64', required: true },
  ],
  handlers: {
    Get(call) {
      const job = jobOfPath(call, 'list-copy');
      const { action, source } = copyRequestOf(job);
      const shown = jobFields(call, job);
      return {
        status: 200,
        // JobID, Action and ListID are documented; a client reads Count, Error, JobEnd, JobStart and Status; the rest is assumed
        rows: [
          {
            Action: action,
            Count: shown.Count,
            Error: shown.Error,
            ErrorFile: shown.ErrorFile,
            JobEnd: shown.JobEnd,
            JobID: job.id,
            JobStart: shown.JobStart,
            ListID: BigInt(source),
            Status: shown.Status,
          },
        ],
        job: { id: job.id, use: 'read' },
      };
    },
    Post({ account, object, body }) {
      if (object.IsDeleted === 1n) throw objectNotFound(); // assumed
      const fields = fieldsOf(body.object());
      const action = String(fields.get('action') ?? '').toLowerCase();
      if (copyActions[action] === undefined) {
        throw unlistedValue('Action', Object.keys(copyActions));
      }
      const source = readLookupId(fields.get('listid'));
      if (source === undefined || !listIsOpen(account, source)) throw emptyProperty('ListID');
      const id = account.write(() =>
        insertJob(account, {
          kind: 'list-copy',
          jobType: 'Unknown',
          status: 'Allocated',
          method: action,
          refId: object.ID as bigint, // ID is an integer key
          request: { source: String(source), action },
        }),
      );
      return { status: 201, rows: [{ JobID: id }], job: { id, use: 'made' } };
    },
  },
  evidence: { Get: 'documented', Post: 'documented' },
};
