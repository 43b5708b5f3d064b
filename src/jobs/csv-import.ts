import { appendFailure } from './csv-error-file.ts';
import { importRows } from './csv-importing.ts';
import { prepareImport } from './csv-prepare.ts';
import { deletedList } from './deleted-list.ts';
import type { JobKind } from './kind.ts';

/** The work of POST csvimport: documented states, what happens in each is inferred. */
export const csvImport: JobKind = {
  name: 'csv-import',
  states: ['Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Prepare: (slice) => deletedList(slice, [slice.job.refId]) ?? prepareImport(slice),
    Importing: (slice) => deletedList(slice, [slice.job.refId]) ?? importRows(slice),
  },
  ended(account, job) {
    if (job.status === 'Error') appendFailure(account, job);
  },
};
