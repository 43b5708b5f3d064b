import type { Account } from '../accounts/account.ts';
import { type DataFile, findFile, readFile } from '../accounts/data-store.ts';
import type { CsvPosition, CsvSource } from '../lib/csv-batch.ts';
import type { CsvFormat } from '../lib/csv-format.ts';
import type { Columns } from './csv-columns.ts';
import type { Job } from './job.ts';

/**
 * What Prepare found out about a file, and where Importing stands: a job's `progress`. Each slice reads it, so it stays
 * small whatever the file: names of columns and options are read again where they are needed.
 */
export interface ImportProgress {
  format?: CsvFormat;
  columns?: Columns;
  /** Where the first record is, after a header line. */
  first?: CsvPosition;
  /** Where the present run begins, or the next. */
  position?: CsvPosition;
  /** The present run, once it is read: rows stored, and the errors of the job before it. */
  run?: { stored: number; errcount: number };
  /** The error file, once there is one. */
  errorFile?: string;
}

/** The progress of an import; only Prepare and Importing write it. */
export function progressOf(job: Job): ImportProgress {
  return job.progress as unknown as ImportProgress;
}

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
