import { parse } from 'csv-parse/sync';
import {
  CSV_LIMITS,
  type CsvBatch,
  type CsvLimits,
  type CsvPosition,
  type CsvSource,
  openBatches,
} from './batch.ts';
import type { CsvFormat } from './format.ts';

/** A record, or a line that is none. */
export interface CsvRecord {
  /** Its fields without their quotes; empty when there is a problem. */
  fields: string[];
  /** Offset of its first byte in the file. */
  start: number;
  /** Offset after its last byte, the line end not included: what an error file copies. */
  end: number;
  /** Physical line on which it starts, the first is 1; blank lines count. */
  line: number;
  /** UNCLOSED_QUOTE or LINE_TOO_LONG; `start` and `end` then enclose one physical line. */
  problem?: string;
}

/** Reads one record after the other. */
export interface CsvReader {
  /** The next record, or undefined at the end of the file. */
  next(): CsvRecord | undefined;
  /** Where the next record will be looked for; a plain object that may be stored as JSON. */
  readonly position: CsvPosition;
}

/**
 * Reads the records of a CSV file, synchronously and on demand. Blank lines are skipped. A line with
 * an unclosed or wrongly closed quote is one record with a problem, and reading resumes at the next
 * line (assumed). A call parses some 64 KiB at most unless one record is longer.
 *
 * We look for the ends of records ourselves, because csv-parse stops for good at a bad quote and
 * tells byte offsets only at three times its cost. csv-parse gets the sound ones that have a quote,
 * which is why its relaxed quotes never let a bad one pass.
 *
 * @param at a position of an earlier reader of the same file, by default the first record
 * @throws Error when the source gives no bytes before its size is reached
 */
export function openCsv(
  source: CsvSource,
  format: CsvFormat,
  at: CsvPosition = { offset: format.start, line: 1 },
  limits: CsvLimits = CSV_LIMITS,
): CsvReader {
  const nextBatch = openBatches(source, format, at, limits);
  let batch: CsvBatch['places'] = [];
  let rows: string[][] = [];
  let place = 0;
  let row = 0;
  let position = at;

  function fill(): boolean {
    const found = nextBatch();
    if (found === undefined) return false;
    batch = found.places;
    rows = parseRecords(found.bytes, format);
    place = 0;
    row = 0;
    return true;
  }

  return {
    next() {
      if (place >= batch.length && !fill()) return undefined;
      const found = batch[place++];
      if (found === undefined) return undefined;
      const { start, end, line, problem, after } = found;
      position = after;
      if (problem !== undefined) return { fields: [], start, end, line, problem };
      const fields = rows[row++];
      if (fields === undefined) throw new Error(`CSV record at byte ${start} was not parsed`);
      return { fields, start, end, line };
    },
    get position() {
      return position;
    },
  };
}

const quote = '"'.charCodeAt(0);

/** Records of which none has a quote: they need no parser, and take a fifth of its time. */
function plainRecords(bytes: Buffer, { encoding, separator }: CsvFormat): string[][] {
  const text = bytes.toString(encoding);
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  const records: string[][] = [];
  for (const line of lines) if (line !== '') records.push(line.split(separator));
  return records;
}

function parseRecords(bytes: Buffer, format: CsvFormat): string[][] {
  if (bytes.length === 0) return [];
  if (!bytes.includes(quote)) return plainRecords(bytes, format);
  return parse(bytes, {
    delimiter: format.separator,
    escape: format.escape,
    encoding: format.encoding,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
}
