import type { Answer, Call } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { caseless, int64 } from '../engine/filter-kinds.ts';
import { readValues } from '../engine/values.ts';
import { unknownMethod } from '../jobs/csv-import/kind.ts';
import { endJob } from '../jobs/enter-state.ts';
import { invalidJobStatus, NotBuiltError } from '../lib/errors.ts';
import { csvimport, startCsvImport } from './csvimport.ts';
import { abortJob, startedJob } from './job-resource.ts';

const jobTypes = [
  'Contact list import csv',
  'Contact list import free format',
  'Send newsletter',
  'Send newsletter test',
  'Contacts export',
  'AXNL',
  'AXNLTest',
  'AXNLAutoFinish',
  'AXNLReminder',
] as const;

export const batchjob = defineResource({
  name: 'batchjob',
  type: 'BatchJob',
  operations: ['Get', 'Put', 'Post'],
  source: 'batchjob',
  table: 'job',
  uniqueKey: '',
  properties: {
    // times but RequestAt, and counts, are the runner's: a body that sets them is left alone (assumed)
    AliveAt: { kind: 'int64', input: 'ignore' },
    APIKey: { kind: 'reference', datatype: 'TAPIKey', input: 'ignore' },
    Blocksize: { kind: 'int32' },
    Count: { kind: 'int32', input: 'ignore' },
    Current: { kind: 'int32', input: 'ignore' },
    Data: { kind: 'reference', datatype: 'TBaseData', required: true },
    Errcount: { kind: 'int32', input: 'ignore' },
    ErrTreshold: { kind: 'int16' },
    ID: { kind: 'int64', readOnly: true },
    JobEnd: { kind: 'int64', input: 'ignore' },
    JobStart: { kind: 'int64', input: 'ignore' },
    JobType: { kind: 'string', defaultValue: 'Unknown', required: true, allowed: jobTypes },
    Method: { kind: 'string', defaultValue: 'Unknown' },
    RefId: { kind: 'int64' },
    RequestAt: { kind: 'int64' },
    Status: { kind: 'string', defaultValue: 'Allocated' },
    Throttle: { kind: 'int32' },
  },
  filters: {
    APIKey: int64('APIKeyID'),
    Data: int64('DataID'),
    JobType: caseless('JobType'),
    MaxJobEnd: { datatype: 'TRFC3339DateTime', where: "endTime <> '' AND endTime <= ?" },
    MaxJobStart: { datatype: 'TRFC3339DateTime', where: "startTime <> '' AND startTime <= ?" },
    MaxRequestAt: { datatype: 'TRFC3339DateTime', where: "requestTime <> '' AND requestTime <= ?" },
    Method: caseless('Method'),
    MinJobEnd: { datatype: 'TRFC3339DateTime', where: 'endTime >= ?' },
    MinJobStart: { datatype: 'TRFC3339DateTime', where: 'startTime >= ?' },
    MinRequestAt: { datatype: 'TRFC3339DateTime', where: 'requestTime >= ?' },
    RefID: int64('RefId'),
    Status: caseless('Status'),
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [],
  isJob: true,
  handlers: { create: startJob, update: abortJob },
  notes: 'POST takes CSV imports alone',
  evidence: { list: 'documented', get: 'documented', create: 'reported', update: 'documented' },
});

/**
 * reported: a CSV import can be started here too; without a method (it then fails when it runs, assumed), and with the
 * status upload or abort (the second is assumed to make a job that is cancelled). The other types belong to what is not built.
 */
function startJob(call: Call): Answer {
  const { account, resource, body } = call;
  const values = readValues(account, resource, body);
  if (values.JobType !== 'Contact list import csv') {
    throw new NotBuiltError(`batchjob of the type "${values.JobType ?? 'Unknown'}"`);
  }
  // one thread wants to start an import later so; whether it did is not told
  if (Number(values.RequestAt ?? 0n) * 1000 > account.clock.now())
    throw new NotBuiltError('a RequestAt of batchjob that is still to come');
  const method = String(values.Method ?? 'Unknown').toLowerCase();
  const status = String(values.Status ?? '').toLowerCase();
  if (!['', 'allocated', 'upload', 'abort'].includes(status))
    throw invalidJobStatus(String(values.Status));
  const id = account.write(() => {
    const started = startCsvImport(account, csvimport, {
      ContactsListID: values.RefId ?? 0n,
      DataID: values.DataID ?? 0n,
      ErrTreshold: values.ErrTreshold ?? 0n,
      Method: method === 'unknown' ? unknownMethod : method,
    });
    if (status === 'abort') endJob(account, started, 'Abort');
    return started;
  });
  return startedJob(call, id);
}
