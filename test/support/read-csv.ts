import { CSV_LIMITS, type CsvPosition, type CsvSource } from '../../src/lib/csv/batch.ts';
import type { CsvFormat } from '../../src/lib/csv/format.ts';
import { type CsvRecord, openCsv } from '../../src/lib/csv/reader.ts';

/** Bytes in memory as a file. */
export function csvSource(bytes: Buffer): CsvSource {
  return {
    size: bytes.length,
    read: (offset, length) => Buffer.from(bytes.subarray(offset, offset + length)),
  };
}

/** All records from a position on; throws when there are more than the bytes can hold. */
export function readAll(
  bytes: Buffer,
  format: CsvFormat,
  at?: CsvPosition,
  limits = CSV_LIMITS,
): CsvRecord[] {
  const reader = openCsv(csvSource(bytes), format, at, limits);
  const records: CsvRecord[] = [];
  for (let record = reader.next(); record; record = reader.next()) {
    records.push(record);
    if (records.length > bytes.length) throw new Error('more records than bytes');
  }
  return records;
}
