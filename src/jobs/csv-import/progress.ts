import type { CsvPosition } from '../../lib/csv/batch.ts';
import type { CsvFormat } from '../../lib/csv/format.ts';
import type { Job } from '../job.ts';
import type { Columns } from './columns.ts';

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
