import type { CsvPosition } from '../lib/csv-batch.ts';
import { type CsvReader, openCsv } from '../lib/csv-reader.ts';
import { compileDateTimeFormat, parseDateTime } from '../lib/datetime-format.ts';
import { createTextSet, type TextSet } from '../lib/text-set.ts';
import { applyRow } from './csv-apply.ts';
import { createErrorFile } from './csv-error-file.ts';
import { type ReadDate, readRow } from './csv-row.ts';
import { csvSource, progressOf, uploadOf } from './csv-upload.ts';
import type { Slice, SliceResult } from './kind.ts';

/** Between two looks at the clock. */
const rowsBetweenLooks = 8;

/**
 * Importing: reads records, stores those that are right and copies the others to the error file. What a slice stored
 * and where it stopped are one transaction; after a restart the addresses before that place are read again, since
 * they tell which later lines are duplicates.
 */
export function importRows(slice: Slice): SliceResult {
  const { account, job } = slice;
  const progress = progressOf(job);
  const work = workOf(slice);
  if (work === undefined)
    return { next: 'Error', changes: { error: 'The uploaded data was not found' } };
  if (!rebuild(slice, work)) return { next: 'more' };
  const { columns = [] } = progress;
  const errors = createErrorFile(account, job, work.source);
  let { current, errcount } = job;
  let next: SliceResult['next'] = 'more';
  for (let n = 1; next === 'more' && (n % rowsBetweenLooks !== 0 || slice.hasTime()); n += 1) {
    const record = work.reader.next();
    if (record === undefined) {
      next = 'done';
      break;
    }
    current += 1;
    const row = readRow(record, columns, work.readDate);
    const rejection =
      'message' in row ? row : work.seen.add(row.email.toLowerCase()) ? undefined : duplicate;
    if (rejection === undefined && 'email' in row) applyRow(account, job, row);
    else if (rejection !== undefined) {
      errors.add(record, rejection);
      errcount += 1;
      if (job.errTreshold > 0 && errcount > job.errTreshold) next = 'Abort'; // assumed: a number, not a percentage
    }
  }
  return {
    next,
    changes: {
      current,
      errcount,
      ...(next === 'done' ? { count: current } : {}),
      progress: { ...job.progress, position: { ...work.reader.position }, ...errors.finish() },
    },
  };
}

// reported by a Mailjet developer
const duplicate = { message: 'Duplicated email', field: 'email' };

interface Work {
  reader: CsvReader;
  source: ReturnType<typeof csvSource>;
  readDate: ReadDate;
  seen: TextSet;
  /** Reads again what was imported before a restart. */
  past: { reader: CsvReader; until: number } | undefined;
}

function workOf({ account, job, scratch }: Slice): Work | undefined {
  const known = scratch.get('importing') as Work | undefined; // only this function sets it
  if (known !== undefined) return known;
  const { format, first, position, options } = progressOf(job);
  const upload = uploadOf(account, job);
  if (upload === undefined || format === undefined || first === undefined) return undefined;
  const source = csvSource(account, upload);
  const at: CsvPosition = position ?? first;
  const work: Work = {
    source,
    reader: openCsv(source, format, at),
    readDate: dateReader(options?.dateTimeFormat, options?.timezoneOffset ?? 0),
    seen: createTextSet(),
    past:
      at.offset > first.offset
        ? { reader: openCsv(source, format, first), until: at.offset }
        : undefined,
  };
  scratch.set('importing', work);
  return work;
}

/** Fills the set of addresses after a restart; false while there is more to read. */
function rebuild({ job, hasTime }: Slice, work: Work): boolean {
  const { columns = [] } = progressOf(job);
  while (work.past !== undefined) {
    if (!hasTime()) return false;
    for (let n = 0; n < 100; n += 1) {
      const record =
        work.past.reader.position.offset < work.past.until ? work.past.reader.next() : undefined;
      if (record === undefined) {
        work.past = undefined;
        break;
      }
      const row = readRow(record, columns, work.readDate);
      if ('email' in row) work.seen.add(row.email.toLowerCase());
    }
  }
  return true;
}

function dateReader(format: string | undefined, offset: number): ReadDate {
  const compiled = format === undefined ? undefined : compileDateTimeFormat(format);
  if (compiled !== undefined) return (text) => compiled(text, offset);
  return parseDateTime; // assumed: without a format what contactdata takes
}
