import type { Account } from '../accounts/account.ts';
import { findFile } from '../accounts/data-store.ts';
import { subscriptionActions } from '../contacts/subscribe.ts';
import type { Answer, Call } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import type { Resource } from '../engine/resource.ts';
import type { Row } from '../engine/row.ts';
import { readValues, requireNeeded } from '../engine/values.ts';
import { checkReferences } from '../engine/write.ts';
import { unknownMethod } from '../jobs/csv-import/kind.ts';
import { insertJob } from '../jobs/job.ts';
import { emptyProperty, invalidJobStatus, invalidProperty, unlistedValue } from '../lib/errors.ts';
import { abortJob, startedJob } from './job-resource.ts';

const marketing = ['excludemarketing', 'includemarketing'];
const methods: string[] = [...subscriptionActions, ...marketing];

export const csvimport = defineResource({
  name: 'csvimport',
  type: 'CSVImport',
  operations: ['Get', 'Put', 'Post'],
  source: 'csvimport',
  table: 'job',
  uniqueKey: '',
  properties: {
    // what is read-only is ignored (assumed, as most of contact): a row that is put back whole may abort
    AliveAt: { kind: 'datetime', readOnly: true },
    ContactsList: {
      kind: 'reference',
      datatype: 'TContactsList',
      required: true,
      reference: { table: 'contactslist', key: 'Address', where: 'IsDeleted = 0' },
    },
    Count: { kind: 'int32', readOnly: true },
    Current: { kind: 'int32', readOnly: true },
    DataID: { kind: 'int64', required: true, needed: 'MJ03' },
    Errcount: { kind: 'int32', readOnly: true },
    ErrTreshold: { kind: 'int16' },
    ID: { kind: 'int64', readOnly: true },
    ImportOptions: { kind: 'string', maxLength: 0 },
    JobEnd: { kind: 'datetime', readOnly: true },
    JobStart: { kind: 'datetime', readOnly: true },
    Method: {
      kind: 'string',
      defaultValue: 'Unknown',
      oneOf: methods,
    },
    RequestAt: { kind: 'datetime', readOnly: true },
    Status: { kind: 'string', defaultValue: 'Upload' },
  },
  filters: {},
  sorts: [],
  actions: [],
  isJob: true,
  handlers: { create: startImport, update: abortJob },
  notes: 'what happens in which state is inferred',
  evidence: { list: 'documented', get: 'documented', create: 'documented', update: 'reported' },
});

function startImport(call: Call): Answer {
  const { account, resource, body } = call;
  const values = readValues(account, resource, body);
  if (String(values.Status ?? 'Upload').toLowerCase() !== 'upload')
    throw invalidJobStatus(String(values.Status));
  const id = account.write(() => startCsvImport(account, resource, values));
  return startedJob(call, id);
}

/** Makes the job of a CSV import from its values; POST batchjob comes here too. Runs inside a transaction. */
export function startCsvImport(account: Account, resource: Resource, values: Row): bigint {
  const method = String(values.Method ?? '');
  const list = (values.ContactsListID ?? 0n) as bigint; // a reference is an integer
  requireNeeded(resource.members, values);
  // the property's own check refuses `Unknown` in csvimport; batchjob takes it (reported)
  if (method !== unknownMethod && !methods.includes(method)) throw unlistedValue('Method', methods);
  if (marketing.includes(method) && list !== 0n) {
    // documented text; that it stands in ErrorInfo is assumed
    throw invalidProperty(
      'ContactsList',
      'Exclusion of contacts from marketing campaign is a global status and can not be applied to a list',
    );
  }
  if (!marketing.includes(method) && list === 0n) throw emptyProperty('ContactsList');
  checkReferences(account, resource, values);
  const dataId = values.DataID as bigint; // an integer property, and needed
  // assumed: 400 for an upload that is not there
  if (findFile(account, dataId) === undefined) throw emptyProperty('DataID');
  return insertJob(account, {
    kind: 'csv-import',
    jobType: 'Contact list import csv',
    status: 'Upload',
    method,
    refId: list,
    dataId,
    errTreshold: Number(values.ErrTreshold ?? 0n),
    importOptions: String(values.ImportOptions ?? ''),
  });
}
