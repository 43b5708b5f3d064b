import type { Account } from '../accounts/account.ts';
import { findFile } from '../accounts/data-store.ts';
import { subscriptionActions } from '../contacts/subscribe.ts';
import type { Answer, Call } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { lookUp, rowById, toWire } from '../engine/read.ts';
import type { Resource } from '../engine/resource.ts';
import type { Row } from '../engine/row.ts';
import { readValues, requireNeeded } from '../engine/values.ts';
import { checkReferences } from '../engine/write.ts';
import { unknownMethod } from '../jobs/csv-import.ts';
import { endJob } from '../jobs/end-job.ts';
import { insertJob } from '../jobs/job.ts';
import { invalidJobStatus, invalidProperty } from '../lib/errors.ts';

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
  handlers: { create: startImport, update: abortImport },
  notes: 'what happens in which state is inferred',
  evidence: { list: 'documented', get: 'documented', create: 'documented', update: 'reported' },
});

function startImport({ account, resource, body }: Call): Answer {
  const values = readValues(account, resource, body);
  if (String(values.Status ?? 'Upload').toLowerCase() !== 'upload')
    throw invalidJobStatus(String(values.Status));
  const id = account.write(() => startCsvImport(account, resource, values));
  return {
    status: 201,
    rows: [toWire(account, resource, rowById(account, resource, id) ?? {})],
    job: { id, use: 'made' },
  };
}

/** Makes the job of a CSV import from its values; POST batchjob comes here too. Runs inside a transaction. */
export function startCsvImport(account: Account, resource: Resource, values: Row): bigint {
  const method = String(values.Method ?? '');
  const list = (values.ContactsListID ?? 0n) as bigint; // a reference is an integer
  requireNeeded(resource.members, values);
  // the property's own check refuses `Unknown` in csvimport; batchjob takes it (reported)
  if (method !== unknownMethod && !methods.includes(method))
    throw invalidProperty(
      'Method',
      `MJ09 Value is not in list of allowed values: (${methods.join(', ')})`,
    );
  if (marketing.includes(method) && list !== 0n) {
    // documented text; that it stands in ErrorInfo is assumed
    throw invalidProperty(
      'ContactsList',
      'Exclusion of contacts from marketing campaign is a global status and can not be applied to a list',
    );
  }
  if (!marketing.includes(method) && list === 0n)
    throw invalidProperty('ContactsList', 'MJ03 A non-empty value is required');
  checkReferences(account, resource, values);
  const dataId = values.DataID as bigint; // an integer property, and needed
  // assumed: 400 for an upload that is not there
  if (findFile(account, dataId) === undefined)
    throw invalidProperty('DataID', 'MJ03 A non-empty value is required');
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

/** PUT may only abort (documented in 2014; the refusal's text, which says Upload, is reported). */
function abortImport(call: Call): Answer {
  const { account, resource, body } = call;
  const row = lookUp(call, 'change');
  const values = readValues(account, resource, body, row);
  const wish = String(values.Status ?? '');
  if (wish === '' || wish === row.Status) return { status: 304 }; // general rule of PUT (documented)
  if (wish.toLowerCase() !== 'abort') throw invalidJobStatus(wish);
  const id = row.ID as bigint; // ID is an integer key
  if (!endJob(account, id)) return { status: 304 }; // assumed
  return { status: 200, rows: [toWire(account, resource, rowById(account, resource, id) ?? row)] };
}
