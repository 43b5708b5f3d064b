import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvSource, readAll } from '../../../test/support/read-csv.ts';
import { CSV_LIMITS, type CsvPosition } from './batch.ts';
import { type CsvFormat, createFormatDetector } from './format.ts';
import { openCsv } from './reader.ts';

const COMMA: CsvFormat = { separator: ',', escape: '"', encoding: 'utf8', start: 0 };
const BACKSLASH: CsvFormat = { ...COMMA, escape: '\\' };

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\\', ' ', 'é') }),
);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 20 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const quote = (text: string) => (/[",\r\n]|^$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .string({ unit: fc.constantFrom('"', '"', ',', '\n', '\r', '\\', 'x'), maxLength: 300 })
    .map((text) => Buffer.from(text)),
);
const format = fc.constantFrom(COMMA, BACKSLASH);
const limits = fc.record({
  chunk: fc.integer({ min: 1, max: 40 }),
  record: fc.integer({ min: 2, max: 300 }), // one byte could never show whether an LF follows a CR
});

describe('for any input', () => {
  test('a table written as in RFC 4180 is read back', () => {
    fc.assert(
      fc.property(table, lineEnd, fc.integer({ min: 1, max: 50 }), (rows, end, chunk) => {
        const text = rows.map((row) => row.map(quote).join(',') + end).join('');
        const records = readAll(Buffer.from(text), COMMA, undefined, { ...CSV_LIMITS, chunk });
        expect(records.map(({ fields }) => fields)).toEqual(rows);
      }),
    );
  });

  test('a reader that starts again at any position goes on with the same records', () => {
    fc.assert(
      fc.property(hostile, format, limits, limits, (bytes, csv, first, { chunk }) => {
        const all = readAll(bytes, csv, undefined, first);
        const reader = openCsv(csvSource(bytes), csv, undefined, first);
        for (let read = 0; read <= all.length; read++) {
          const at: CsvPosition = JSON.parse(JSON.stringify(reader.position));
          expect(readAll(bytes, csv, at, { ...first, chunk })).toEqual(all.slice(read));
          reader.next();
        }
      }),
      { numRuns: 300 },
    );
  });

  test('records are ascending, disjoint and leave out nothing but line ends', () => {
    fc.assert(
      fc.property(hostile, format, limits, (bytes, csv, bounds) => {
        let last = 0;
        for (const { start, end } of readAll(bytes, csv, undefined, bounds)) {
          expect(end).toBeGreaterThan(start);
          expect(bytes.toString('latin1', last, start)).toMatch(/^[\r\n]*$/);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
        expect(bytes.toString('latin1', last)).toMatch(/^[\r\n]*$/);
      }),
      { numRuns: 300 },
    );
  });

  test('remembering a broken quote changes no record below the limit', () => {
    fc.assert(
      fc.property(hostile, format, (bytes, csv) => {
        const reader = openCsv(csvSource(bytes), csv);
        const all = readAll(bytes, csv);
        for (let read = 0; read < all.length; read++) {
          const { offset, line } = reader.position;
          expect(readAll(bytes, csv, { offset, line })[0]).toEqual(all[read]);
          reader.next();
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the detector never throws, and slices do not change its result', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 9 }), (bytes, step) => {
        const whole = createFormatDetector();
        whole.feed(bytes);
        const sliced = createFormatDetector();
        for (let at = 0; at < bytes.length; at += step) sliced.feed(bytes.subarray(at, at + step));
        expect(sliced.result()).toEqual(whole.result());
      }),
    );
  });
});
