import { listIsOpen } from '../contacts/subscribe.ts';
import { importRows } from './csv-importing.ts';
import { prepareImport } from './csv-prepare.ts';
import type { JobKind } from './kind.ts';

/** The work of POST csvimport: documented states, what happens in each is inferred. */
export const csvImport: JobKind = {
  name: 'csv-import',
  states: ['Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Prepare(slice) {
      const { account, job } = slice;
      // a list that was deleted after the POST (assumed)
      if (job.refId !== 0n && !listIsOpen(account, job.refId)) {
        return { next: 'Error', changes: { error: `List ID ${job.refId} is invalid or deleted` } };
      }
      return prepareImport(slice);
    },
    Importing: importRows,
  },
};
