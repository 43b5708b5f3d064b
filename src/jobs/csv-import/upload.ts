import type { Account } from '../../accounts/account.ts';
import { type DataFile, findFile, readFile } from '../../accounts/data-store.ts';
import type { CsvSource } from '../../lib/csv/batch.ts';
import type { Job } from '../job.ts';

/** The upload that a job reads; undefined when there is none. */
export function uploadOf(account: Account, job: Job): DataFile | undefined {
  return findFile(account, job.dataId);
}

/** Bytes that are kept of an upload, so that neighbouring reads ask the database once. */
const windowSize = 512 * 1024;

/** An upload as the CSV reader wants it. */
export function csvSource(account: Account, { id, size }: DataFile): CsvSource {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return {
    size,
    read(offset, length) {
      const end = Math.min(offset + length, size);
      if (offset < start || end > start + window.length) {
        start = offset;
        window = readFile(account, id, offset, Math.max(length, windowSize));
      }
      return window.subarray(offset - start, end - start);
    },
  };
}
