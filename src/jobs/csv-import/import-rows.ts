import { rowsAtOnce } from '../../contacts/bulk-rows.ts';
import type { CsvPosition } from '../../lib/csv/batch.ts';
import { type CsvReader, openCsv } from '../../lib/csv/reader.ts';
import { compileDateTimeFormat, parseDateTime } from '../../lib/datetime-format.ts';
import { createTextSet, type TextSet } from '../../lib/text-set.ts';
import type { Slice, SliceResult } from '../kind.ts';
import type { Columns } from './columns.ts';
import { appendErrors } from './error-file.ts';
import { optionsOf } from './header.ts';
import { type ImportProgress, progressOf } from './progress.ts';
import { type ReadDate, readRow } from './row.ts';
import { createRun, type Run } from './run.ts';
import { applyRows } from './store.ts';
import { csvSource, uploadOf } from './upload.ts';

/**
 * Importing: reads a run of records, appends those that can't be imported to the error file, then stores the others.
 * What a slice stored and how far it came are one transaction. After a restart the present run is read again and its
 * stored rows are passed over; the records before it are read too, since they tell which later lines are duplicates.
 */
export function importRows(slice: Slice): SliceResult {
  const { account, job } = slice;
  const work = workOf(slice);
  if (work === undefined)
    return { next: 'Error', changes: { error: 'The uploaded data was not found' } };
  if (!rebuild(slice, work)) return { next: 'more' };
  const { run: begun, ...progress } = progressOf(job);
  const run = runOf(slice, work, begun);
  if (work.isLoading) {
    if (!run.load(slice.hasTime)) return { next: 'more' };
    work.isLoading = false;
    run.take(begun?.stored ?? 0);
    if (begun !== undefined) return { next: 'more' };
    const errors = run.rejected.length;
    return {
      next: 'more',
      changes: {
        current: job.current + errors,
        errcount: job.errcount + errors,
        progress: asJson({
          ...progress,
          ...appendErrors(account, job, run.rejected),
          run: { stored: 0, errcount: job.errcount },
        }),
      },
    };
  }
  let stored = 0;
  let isStored = false;
  do {
    const rows = run.take(rowsAtOnce);
    applyRows(account, job, rows);
    stored += rows.length;
    isStored = rows.length < rowsAtOnce;
  } while (!isStored && slice.hasTime());
  const current = job.current + stored;
  if (!isStored) {
    const before = begun ?? { stored: 0, errcount: job.errcount };
    return {
      next: 'more',
      changes: {
        current,
        progress: asJson({ ...progress, run: { ...before, stored: before.stored + stored } }),
      },
    };
  }
  work.run = undefined;
  return {
    next: run.hasTooManyErrors ? 'Abort' : run.isLast ? 'done' : 'more',
    changes: {
      current,
      ...(run.isLast && !run.hasTooManyErrors ? { count: current } : {}),
      progress: asJson({ ...progress, position: { ...run.end } }),
    },
  };
}

interface Work {
  reader: CsvReader;
  source: ReturnType<typeof csvSource>;
  columns: Columns;
  readDate: ReadDate;
  seen: TextSet;
  /** Reads again what was imported before a restart. */
  past: { reader: CsvReader; until: number } | undefined;
  run: Run | undefined;
  isLoading: boolean;
}

function workOf({ account, job, scratch }: Slice): Work | undefined {
  const known = scratch.get('importing') as Work | undefined; // only this function sets it
  if (known !== undefined) return known;
  const { format, first, position, columns } = progressOf(job);
  const upload = uploadOf(account, job);
  if (!upload || !format || !first || !columns) return undefined;
  const { dateTimeFormat, timezoneOffset } = optionsOf(job);
  const source = csvSource(account, upload);
  const at: CsvPosition = position ?? first;
  const work: Work = {
    source,
    reader: openCsv(source, format, at),
    columns,
    readDate: dateReader(dateTimeFormat, timezoneOffset),
    seen: createTextSet(),
    past:
      at.offset > first.offset
        ? { reader: openCsv(source, format, first), until: at.offset }
        : undefined,
    run: undefined,
    isLoading: false,
  };
  scratch.set('importing', work);
  return work;
}

function runOf({ job, runRecords }: Slice, work: Work, begun: ImportProgress['run']): Run {
  if (work.run !== undefined) return work.run;
  const { source, reader, columns, readDate, seen } = work;
  work.run = createRun(
    {
      source,
      reader,
      columns,
      readDate,
      seen,
      errcount: begun?.errcount ?? job.errcount,
      errTreshold: job.errTreshold,
      runRecords,
    },
    job.count,
  );
  work.isLoading = true;
  return work.run;
}

/** Fills the set of addresses after a restart; false while there is more to read. */
function rebuild({ hasTime }: Slice, work: Work): boolean {
  while (work.past !== undefined) {
    for (let n = 0; n < 100; n += 1) {
      const record =
        work.past.reader.position.offset < work.past.until ? work.past.reader.next() : undefined;
      if (record === undefined) {
        work.past = undefined;
        break;
      }
      const row = readRow(record, work.columns, work.readDate);
      if ('key' in row) work.seen.add(row.key);
    }
    if (!hasTime()) return work.past === undefined;
  }
  return true;
}

function dateReader(format: string | undefined, offset: number): ReadDate {
  const compiled = format === undefined ? undefined : compileDateTimeFormat(format);
  if (compiled !== undefined) return (text) => compiled(text, offset);
  return parseDateTime; // assumed: without a format what contactdata takes
}

function asJson(progress: ImportProgress): Record<string, never> {
  return progress as unknown as Record<string, never>; // plain data, stored as JSON
}
