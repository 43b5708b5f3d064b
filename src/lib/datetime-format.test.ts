import { describe, expect, test } from 'vitest';
import { compileDateTimeFormat, parseDateTime, parseRfc3339 } from './datetime-format.ts';

describe('a DateTimeFormat reads', () => {
  test.each([
    ['yyyy/mm/dd', '1984/02/29', 0, '1984-02-29T00:00:00Z'],
    ['yyyy-mm-dd hh:nn:ss', '2021-12-31 23:59:58', 0, '2021-12-31T23:59:58Z'],
    ['dd.mm.yyyy hh:nn', '01.03.2020 7:05', 0, '2020-03-01T07:05:00Z'],
    ['MM/DD/YY', '2/1/69', 0, '2069-02-01T00:00:00Z'],
    ['mm/dd/yy', '12/31/70', 0, '1970-12-31T00:00:00Z'],
    ['hh:nn dd-mm-yyyy', '10:30 05-06-2022', 0, '2022-06-05T10:30:00Z'],
    ['yyyy-mm-dd', '2021-01-01', 2, '2020-12-31T22:00:00Z'],
    ['yyyy-mm-dd hh:nn:ss', '2021-12-31 23:00:00', -12, '2022-01-01T11:00:00Z'],
    ['yyyy-mm-ddThh:nn:ss+01:00', '2021-02-11T23:03:03-02:30', 5, '2021-02-12T01:33:03Z'],
    ['yyyy-mm-ddThh:nn:ssZ', '2021-02-11T23:03:03', 1, '2021-02-11T22:03:03Z'],
    ['yyyy-mm-dd', '0050-01-02', 0, '0050-01-02T00:00:00Z'],
    ['yyyy-mm-dd', '2000-02-29', 0, '2000-02-29T00:00:00Z'],
  ])('%s: %s, offset %i', (format, text, offset, expected) => {
    expect(compileDateTimeFormat(format)?.(text, offset)).toBe(expected);
  });
});

describe('a DateTimeFormat refuses', () => {
  test.each([
    ['yyyy-mm-dd', '2023-02-29'],
    ['yyyy-mm-dd', '1900-02-29'],
    ['yyyy-mm-dd', '2023-04-31'],
    ['yyyy-mm-dd', '2023-13-01'],
    ['yyyy-mm-dd', '2023-00-01'],
    ['yyyy-mm-dd', '2023-01-00'],
    ['yyyy-mm-dd', '2023/01/01'],
    ['yyyy.mm.dd', '2023x01x01'],
    ['yyyy-mm-dd', '2023-01-01 10:00'],
    ['yyyy-mm-dd hh:nn', '2023-01-01'],
    ['yyyy-mm-dd hh:nn', '2023-01-01 24:00'],
    ['yyyy-mm-dd hh:nn', '2023-01-01 23:60'],
    ['yyyy-mm-dd hh:nn:ss', '2023-01-01 23:59:60'],
    ['yyyy-mm-dd', ' 2023-01-01'],
    ['yyyy-mm-dd', ''],
    ['yy-mm-dd', '2023-01-01'],
  ])('%s: "%s"', (format, text) => {
    const parse = compileDateTimeFormat(format);
    expect(parse).toBeTypeOf('function');
    expect(parse?.(text, 0)).toBeUndefined();
  });

  test('a moment that the offset moves out of the calendar', () => {
    expect(compileDateTimeFormat('yyyy-mm-dd')?.('0000-01-01', 1)).toBeUndefined();
    expect(compileDateTimeFormat('yyyy-mm-dd hh:nn')?.('9999-12-31 23:30', -1)).toBeUndefined();
  });
});

test.each([
  '',
  'yyyy',
  'yyyy-mm',
  'yyyymmdd',
  'yyyy-mm-mm',
  'yyyy-yy-dd',
  'hh:nn',
  'yyyy-mm-dd  hh:nn',
  'yyyy-mm-dd nn:ss',
  'yyyy-mm-dd hh:ss',
  'yyyy-mm-dd hh:hh',
  'yyyy:mm:dd',
  'yyyy_mm_dd',
  'yyyy-mm-dd yyyy-mm-dd',
  'yyyy-mm-dd hh.nn',
  '%Y-%m-%d',
  'constructor',
])('"%s" is no DateTimeFormat', (format) => {
  expect(compileDateTimeFormat(format)).toBeUndefined();
});

describe('a contact property of type datetime', () => {
  test.each([
    // recorded
    ['2021-02-11T23:03:03.000Z', '2021-02-11T23:03:03Z'],
    ['2021-02-11T23:03:03.999+01:00', '2021-02-11T22:03:03Z'],
    ['2021-02-11t23:03:03z', '2021-02-11T23:03:03Z'],
    ['2021-02-11T23:03:03', '2021-02-11T23:03:03Z'],
    ['2021-02-11 23:03:03', '2021-02-11T23:03:03Z'],
    ['1969-12-31T23:59:59.5Z', '1969-12-31T23:59:59Z'],
    ['2021-02-11', '2021-02-11T00:00:00Z'],
    ['0', '1970-01-01T00:00:00Z'],
    ['1613084583', '2021-02-11T23:03:03Z'],
    ['1613084583999', '2021-02-11T23:03:03Z'],
    ['-1', '1969-12-31T23:59:59Z'],
    ['99999999999', '5138-11-16T09:46:39Z'],
    ['999999999999999', undefined],
    ['asd000', undefined],
    ['', undefined],
    ['1613084583.5', undefined],
    ['2023-02-29', undefined],
    ['2021-02-11T23:03', undefined],
    ['2021-02-11T23:03:03+24:00', undefined],
    ['2021-02-11T23:03:03Z ', undefined],
  ])('%s gives %s', (text, expected) => {
    expect(parseDateTime(text)).toBe(expected);
  });

  test('takes an offset for a time without a zone only', () => {
    expect(parseDateTime('2021-02-11T23:03:03', 2)).toBe('2021-02-11T21:03:03Z');
    expect(parseDateTime('2021-02-11T23:03:03Z', 2)).toBe('2021-02-11T23:03:03Z');
    expect(parseDateTime('0', 2)).toBe('1970-01-01T00:00:00Z');
  });
});

test('RFC 3339 alone does not take Unix seconds', () => {
  expect(parseRfc3339('1613084583')).toBeUndefined();
});
