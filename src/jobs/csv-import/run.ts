import type { BulkRow } from '../../contacts/bulk-rows.ts';
import type { CsvPosition, CsvSource } from '../../lib/csv/batch.ts';
import type { CsvReader } from '../../lib/csv/reader.ts';
import type { TextSet } from '../../lib/text-set.ts';
import { createRowOrder } from '../row-order.ts';
import type { Columns } from './columns.ts';
import { errorLine } from './error-file.ts';
import { type ReadDate, readRow } from './row.ts';

/** What reading a file needs besides the file. */
export interface RowReading {
  source: CsvSource;
  reader: CsvReader;
  columns: Columns;
  readDate: ReadDate;
  /** Addresses that were accepted so far. */
  seen: TextSet;
  /** Errors of the job before this run, and how many it may have; 0 for any number. */
  errcount: number;
  errTreshold: number;
  /** How many records a run has, but for the last. */
  runRecords: number;
}

/** A stretch of a file, read whole before any of it is stored, then stored in the order of its addresses. */
export interface Run {
  /** Reads on while `hasTime`; true when the run is whole. */
  load(hasTime: () => boolean): boolean;
  /** The next rows to store; none at the end. */
  take(count: number): BulkRow[];
  /** Lines of the error file, in the order of the file. */
  readonly rejected: readonly Buffer[];
  /** True when the run ends the job: the file is read, or there were too many errors. */
  readonly isLast: boolean;
  readonly hasTooManyErrors: boolean;
  /** Where the next run begins. */
  readonly end: CsvPosition;
}

/** @param records how many the file has in all */
export function createRun(reading: RowReading, records: number): Run {
  const order = createRowOrder<BulkRow>(records);
  const rejected: Buffer[] = [];
  const { runRecords } = reading;
  let read = 0;
  let isLast = false;
  let hasTooManyErrors = false;

  const readOne = () => {
    const record = reading.reader.next();
    if (record === undefined) {
      isLast = true;
      return;
    }
    read += 1;
    const row = readRow(record, reading.columns, reading.readDate);
    const rejection = 'message' in row ? row : reading.seen.add(row.key) ? undefined : duplicate;
    if (rejection !== undefined) {
      const length = Math.min(record.end - record.start, mostCopied);
      const bytes = reading.source.read(record.start, length);
      rejected.push(errorLine(bytes, rejection));
      const { errcount, errTreshold } = reading;
      // assumed: a number, not a percentage
      hasTooManyErrors = errTreshold > 0 && errcount + rejected.length > errTreshold;
      isLast = hasTooManyErrors;
    } else if ('key' in row) order.add(row);
  };

  return {
    load(hasTime) {
      do {
        for (let n = 0; n < 16 && !isLast && read < runRecords; n += 1) readOne();
      } while (!isLast && read < runRecords && hasTime());
      return isLast || read === runRecords;
    },
    take: order.take,
    rejected,
    get isLast() {
      return isLast;
    },
    get hasTooManyErrors() {
      return hasTooManyErrors;
    },
    get end() {
      return reading.reader.position;
    },
  };
}

/** What the error file copies of one line, bytes: a file may be one line. */
const mostCopied = 1024 * 1024;

// reported by a Mailjet developer
const duplicate = { message: 'Duplicated email', field: 'email' };
