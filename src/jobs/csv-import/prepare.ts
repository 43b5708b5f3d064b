import { CSV_LIMITS, openBatches } from '../../lib/csv/batch.ts';
import { createFormatDetector, type FormatDetector } from '../../lib/csv/format.ts';
import { parseImportOptions } from '../../lib/import-options.ts';
import type { Slice, SliceResult } from '../kind.ts';
import { readColumns } from './columns.ts';
import { readHeader } from './header.ts';
import type { ImportProgress } from './progress.ts';
import { csvSource, uploadOf } from './upload.ts';

const chunkSize = 256 * 1024;

/**
 * Prepare: looks through the whole file for its format, reads the header, makes properties of unknown columns, and
 * counts the records. It starts over after a restart, since nothing is stored before its end but the properties.
 */
export function prepareImport(slice: Slice): SliceResult {
  const { account, job, scratch } = slice;
  const upload = uploadOf(account, job);
  if (upload === undefined)
    return { next: 'Error', changes: { error: 'The uploaded data was not found' } };
  const source = csvSource(account, upload);
  const state = (scratch.get('prepare') as Preparation | undefined) ?? {
    scanned: 0,
    detector: createFormatDetector(),
  }; // only this function sets it
  scratch.set('prepare', state);
  while (state.scanned < source.size) {
    const chunk = source.read(state.scanned, Math.min(chunkSize, source.size - state.scanned));
    state.detector.feed(chunk);
    state.scanned += chunk.length;
    if (!slice.hasTime()) return { next: 'more' };
  }
  if (state.found === undefined) {
    const found = readHead(slice, state.detector);
    if ('problem' in found) {
      const progress = asJson({ ...job.progress, format: state.detector.result() });
      return { next: 'Error', changes: { error: found.problem, progress } };
    }
    state.found = found;
    state.count = 0;
    state.next = openBatches(source, found.format, found.first, CSV_LIMITS);
  }
  while (state.next !== undefined) {
    const batch = state.next();
    if (batch === undefined) break;
    state.count = (state.count ?? 0) + batch.places.length;
    if (!slice.hasTime()) return { next: 'more' };
  }
  scratch.clear();
  return {
    next: 'done',
    changes: { count: state.count ?? 0, progress: asJson({ ...job.progress, ...state.found }) },
  };
}

interface Preparation {
  scanned: number;
  detector: FormatDetector;
  found?: Head;
  count?: number;
  next?: ReturnType<typeof openBatches>;
}

type Head = Required<Pick<ImportProgress, 'format' | 'columns' | 'first' | 'position'>>;

function readHead({ account, job }: Slice, detector: FormatDetector): Head | { problem: string } {
  const options = parseImportOptions(job.importOptions);
  if ('problem' in options) return options;
  const format = detector.result();
  const { names, first } = readHeader(account, job, format, options);
  const columns = readColumns(account, names, storesProperties(job.method));
  return 'problem' in columns ? columns : { format, columns, first, position: first };
}

/** Methods that read addresses alone leave the other columns (documented for the two of marketing, assumed for remove). */
function storesProperties(method: string): boolean {
  return ['addforce', 'addnoforce', 'unsub'].includes(method);
}

function asJson(progress: ImportProgress): Record<string, never> {
  return progress as unknown as Record<string, never>; // plain data, stored as JSON
}
