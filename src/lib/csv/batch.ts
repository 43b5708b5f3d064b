import type { CsvFormat } from './format.ts';
import {
  afterLineEnd,
  type CsvBytes,
  type Extent,
  endOfLine,
  scanRecord,
  skipBlankLines,
} from './scan.ts';

/** A file's bytes in random access. */
export interface CsvSource {
  readonly size: number;
  /** Bytes from `offset`: `length` of them, or fewer where the file ends. */
  read(offset: number, length: number): Buffer;
}

/** A place between two records. Reading again from it goes on with the next record. */
export interface CsvPosition {
  /** In bytes from the start of the file. */
  offset: number;
  /** Physical line at this offset, the first is 1. */
  line: number;
  /**
   * Quoting failed at this later offset. Only there for a while after a broken quote. It spares a
   * second search and, after a quote left open for more than `record` bytes, decides what is broken.
   */
  brokenUntil?: number;
}

/** Bounds of memory and of the time that one call takes, in bytes. */
export interface CsvLimits {
  /** Size of the steps in which the file is read and parsed. */
  chunk: number;
  /** The longest record; what is longer becomes a problem. */
  record: number;
}

export const CSV_LIMITS: CsvLimits = { chunk: 65_536, record: 8 * 1024 * 1024 };

/** csv-parse takes 50 microseconds more for a record whose width differs from its batch's first. */
const BATCH_RECORDS = 256;

/** Problem of a line whose quote is not closed, or closed before the field ends. Wording assumed. */
export const UNCLOSED_QUOTE = 'Unclosed quote';
/** Problem of a line longer than the limit. Wording assumed. */
export const LINE_TOO_LONG = 'Line too long';

/** A record's place in the file; see CsvRecord. */
interface CsvPlace {
  start: number;
  end: number;
  line: number;
  problem?: string;
  after: CsvPosition;
}

/** Some records in order, and the bytes of those without a problem. */
export interface CsvBatch {
  places: CsvPlace[];
  bytes: Buffer;
}

/**
 * Cuts a file into batches of records.
 *
 * @returns a function that gives the next batch, of at least one record, or undefined at the end
 * @throws Error when the source gives no bytes before its size is reached
 */
export function openBatches(
  source: CsvSource,
  format: CsvFormat,
  at: CsvPosition,
  limits: CsvLimits,
): () => CsvBatch | undefined {
  const csv: CsvBytes = {
    separator: format.separator.charCodeAt(0),
    backslash: format.escape === '\\',
  };
  let { offset, line, brokenUntil = 0 } = at;
  let base = offset;
  let window: Buffer = Buffer.alloc(0);

  function scan(): Extent | undefined {
    const final = base + window.length >= source.size;
    return scanRecord(window, offset - base, csv, brokenUntil - base, final);
  }

  function isFull(records: number, bytes: number): boolean {
    return records >= BATCH_RECORDS || (records > 0 && bytes >= limits.chunk);
  }

  /** Moves the window to the next record, with more of the file in it; false when it is full. */
  function refill(): boolean {
    const left = base + window.length - offset;
    if (left >= limits.record) return false;
    window = source.read(offset, Math.min(limits.record, Math.max(limits.chunk, left * 2)));
    base = offset;
    if (window.length <= left) throw new Error(`CSV source ended early at byte ${base + left}`);
    return true;
  }

  function advance(next: number, lines: number, brokenAt = 0): CsvPosition {
    offset = base + next;
    line += lines;
    brokenUntil = Math.max(brokenUntil, base + brokenAt);
    return brokenUntil > offset ? { offset, line, brokenUntil } : { offset, line };
  }

  /** The record at `offset` does not fit in a full window: an open quote or an endless line. */
  function cutRecord(): CsvPlace {
    const [start, first] = [offset, line];
    const end = endOfLine(window, 0);
    const next = afterLineEnd(window, end, false);
    if (next !== undefined) {
      const after = advance(next, 1, window.length);
      return { start, end: base + end, line: first, problem: UNCLOSED_QUOTE, after };
    }
    const far = findLineEnd(source, start + end, limits.chunk);
    const after = advance(far.next - base, 1);
    return { start, end: far.end, line: first, problem: LINE_TOO_LONG, after };
  }

  return () => {
    const places: CsvPlace[] = [];
    const runs: Buffer[] = [];
    let runStart = offset;
    let bytes = 0;
    const closeRun = (end: number) => {
      if (end > runStart) runs.push(window.subarray(runStart - base, end - base));
    };
    while (offset < source.size && !isFull(places.length, bytes)) {
      const blank = skipBlankLines(window, offset - base);
      if (blank.lines > 0) advance(blank.next, blank.lines);
      const found = scan();
      if (found === undefined) {
        if (places.length > 0) break;
        if (!refill()) return { places: [cutRecord()], bytes: Buffer.alloc(0) };
        runStart = offset;
        continue;
      }
      const [start, first] = [offset, line];
      const end = base + found.end;
      const after = advance(found.next, found.lines, found.brokenAt);
      if (found.brokenAt !== undefined) {
        closeRun(start);
        runStart = offset;
        places.push({ start, end, line: first, problem: UNCLOSED_QUOTE, after });
      } else if (end > start) {
        places.push({ start, end, line: first, after });
      }
      bytes += offset - start;
    }
    closeRun(offset);
    if (places.length === 0) return undefined;
    return { places, bytes: runs.length === 1 && runs[0] ? runs[0] : Buffer.concat(runs) };
  };
}

/** The end of a line that is longer than any window, found without keeping it. */
function findLineEnd(source: CsvSource, from: number, step: number): { end: number; next: number } {
  let at = from;
  while (at < source.size) {
    const bytes = source.read(at, step);
    const end = endOfLine(bytes, 0);
    if (bytes.length === 0) break;
    if (end < bytes.length) {
      const tail = source.read(at + end, 2);
      return { end: at + end, next: at + end + (afterLineEnd(tail, 0, true) ?? 0) };
    }
    at += bytes.length;
  }
  return { end: source.size, next: source.size };
}
