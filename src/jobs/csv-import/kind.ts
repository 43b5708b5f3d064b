import { deletedList } from '../deleted-list.ts';
import type { JobKind, Slice, SliceResult } from '../kind.ts';
import { appendFailure } from './error-file.ts';
import { importRows } from './import-rows.ts';
import { prepareImport } from './prepare.ts';

/** The method of a job that was made without one. */
export const unknownMethod = 'Unknown';

/** The work of POST csvimport: documented states, what happens in each is inferred. */
export const csvImport: JobKind = {
  name: 'csv-import',
  states: ['Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Prepare: (slice) =>
      withoutMethod(slice) ?? deletedList(slice, [slice.job.refId]) ?? prepareImport(slice),
    Importing: (slice) => deletedList(slice, [slice.job.refId]) ?? importRows(slice),
  },
  ended(account, job) {
    if (job.status === 'Error') appendFailure(account, job);
  },
};

/** assumed: reported is only that POST batchjob makes such a job */
function withoutMethod({ job }: Slice): SliceResult | undefined {
  return job.method === unknownMethod
    ? { next: 'Error', changes: { error: 'The import has no method' } }
    : undefined;
}
