import { removeFile } from '../../accounts/data-store.ts';
import { deletedList } from '../deleted-list.ts';
import { updateJob } from '../job.ts';
import type { JobKind } from '../kind.ts';
import { dropItems, requestOf } from './body.ts';
import { endItems } from './error-file.ts';
import { importItems, progressOf } from './import-contacts.ts';

/** The work of both managemanycontacts: documented states; `Count` is what was processed so far. */
export const contactBatch: JobKind = {
  name: 'contact-batch',
  states: ['Allocated', 'Upload', 'Prepare', 'Importing', 'Completed'],
  work: {
    Importing: (slice) =>
      deletedList(
        slice,
        requestOf(slice.job).lists.map(({ ListID }) => BigInt(ListID)),
      ) ?? importItems(slice),
  },
  ended(account, job) {
    dropItems(account, job.id);
    const { payload } = requestOf(job);
    if (payload !== undefined) removeFile(account, BigInt(payload));
    const { errorFile } = progressOf(job);
    if (errorFile === undefined) return;
    endItems(account, errorFile);
    const path = `DATA/Batchjob/${job.id}/JSONError/application:json/LAST`; // reported
    updateJob(account, job.id, { errorFile: path });
  },
};
