import { describe, expect, test } from 'vitest';
import { csvSource, readAll } from '../../../test/support/read-csv.ts';
import { type CsvLimits, LINE_TOO_LONG, UNCLOSED_QUOTE } from './batch.ts';
import type { CsvFormat } from './format.ts';
import { type CsvRecord, openCsv } from './reader.ts';

const COMMA: CsvFormat = { separator: ',', escape: '"', encoding: 'utf8', start: 0 };
const BACKSLASH: CsvFormat = { ...COMMA, escape: '\\' };
/** Windows so small that records cross them everywhere. */
const TINY: CsvLimits = { chunk: 5, record: 1000 };

/** Fields, or the problem and the original text. */
function told(bytes: Buffer, records: CsvRecord[]) {
  return records.map(({ fields, problem, start, end }) =>
    problem === undefined ? fields : `${problem}: ${bytes.toString('latin1', start, end)}`,
  );
}

const bad = (line: string) => `${UNCLOSED_QUOTE}: ${line}`;

describe('reads', () => {
  const cases: [string, string, (string[] | string)[], CsvFormat?][] = [
    ['nothing from an empty file', '', []],
    [
      'a last line without a line end',
      'email,age\nanna@example.com,31',
      [
        ['email', 'age'],
        ['anna@example.com', '31'],
      ],
    ],
    [
      'CRLF, LF and CR',
      'a,b\r\nc,d\re,f\n',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    [
      'past very many blank lines',
      `${'\n'.repeat(70_000)}a${'\r\n'.repeat(70_000)}b${'\r'.repeat(70_001)}\nc`,
      [['a'], ['b'], ['c']],
    ],
    ['past blank lines', '\n\r\na\n\n\r\rb\n\n', [['a'], ['b']]],
    [
      'empty fields',
      ',\n"",x,\n',
      [
        ['', ''],
        ['', 'x', ''],
      ],
    ],
    ['a line of one quoted empty field', '""\n', [['']]],
    ['spaces as they are', ' a , b \n', [[' a ', ' b ']]],
    [
      'commas, quotes and line ends in quotes',
      '"Berg, Anna","the ""boss""","1 Rue\r\nParis"\nx\n',
      [['Berg, Anna', 'the "boss"', '1 Rue\r\nParis'], ['x']],
    ],
    [
      'a quote inside an unquoted field as text',
      '5" nail,a"b",c""d\n',
      [['5" nail', 'a"b"', 'c""d']],
    ],
    ['lines of any width', 'a\nb,c,d\ne,f\n', [['a'], ['b', 'c', 'd'], ['e', 'f']]],
    ['NUL bytes', 'a\0b,"\0"\n', [['a\0b', '\0']]],
    ['UTF-8', 'José,"Zoë 🎈"\n', [['José', 'Zoë 🎈']]],
    ['semicolons', 'a,b;"c;d"\n', [['a,b', 'c;d']], { ...COMMA, separator: ';' }],
    ['tabs', 'a\t"b\tc"\n', [['a', 'b\tc']], { ...COMMA, separator: '\t' }],
    [
      'backslash escapes',
      '"say \\"hi\\"","a\\\\",\\"b\n"c\\\nd"\n',
      [['say "hi"', 'a\\', '\\"b'], ['c\nd']],
      BACKSLASH,
    ],
  ];
  test.each(cases)('%s', (_name, text, expected, format = COMMA) => {
    const bytes = Buffer.from(text);
    expect(told(bytes, readAll(bytes, format))).toEqual(expected);
    expect(told(bytes, readAll(bytes, format, undefined, TINY))).toEqual(expected);
  });
});

describe('makes one error record of', () => {
  const cases: [string, string, (string[] | string)[], CsvFormat?][] = [
    ['a quote that is never closed', 'a\n"b,c\r\nd,e\n', [['a'], bad('"b,c'), ['d', 'e']]],
    ['one in the last line', 'a\n"', [['a'], bad('"')]],
    ['text after a closing quote', '"a"b,c\nd\n', [bad('"a"b,c'), ['d']]],
    ['a space after a closing quote', '"a" ,c\nd\n', [bad('"a" ,c'), ['d']]],
    ['a NUL after a closing quote', '"a"\0,c\nd\n', [bad('"a"\0,c'), ['d']]],
    ['each line of many', '"x\n"x\n"x\n', [bad('"x'), bad('"x'), bad('"x')]],
    [
      'each line whose quote closes in the next',
      'x","""\nx","""\ny\n',
      [bad('x","""'), bad('x","""'), ['y']],
    ],
    [
      'a doubled quote in a file with backslashes',
      '"a""b"\nc\n',
      [bad('"a""b"'), ['c']],
      BACKSLASH,
    ],
    ['an open quote beside a record of two lines', '"a\n"b\nc"\nd\n', [bad('"a'), ['b\nc'], ['d']]],
  ];
  test.each(cases)('%s', (_name, text, expected, format = COMMA) => {
    const bytes = Buffer.from(text);
    expect(told(bytes, readAll(bytes, format))).toEqual(expected);
    expect(told(bytes, readAll(bytes, format, undefined, TINY))).toEqual(expected);
  });
});

test('reads Latin-1 and skips the byte order mark', () => {
  const latin = Buffer.from('anna@example.com,José\n', 'latin1');
  expect(readAll(latin, { ...COMMA, encoding: 'latin1' })[0]?.fields[1]).toBe('José');
  const marked = readAll(Buffer.from('\ufeff"email",age\n'), { ...COMMA, start: 3 });
  expect(marked).toEqual([{ fields: ['email', 'age'], start: 3, end: 14, line: 1 }]);
});

test('tells offsets and the physical line on which a record starts', () => {
  const records = readAll(Buffer.from('a\n\n"b\r\nc\rd",e\r\n"f\ng'), COMMA);
  expect(records).toEqual([
    { fields: ['a'], start: 0, end: 1, line: 1 },
    { fields: ['b\r\nc\rd', 'e'], start: 3, end: 13, line: 3 },
    { fields: [], start: 15, end: 17, line: 6, problem: UNCLOSED_QUOTE },
    { fields: ['g'], start: 18, end: 19, line: 7 },
  ]);
});

describe('with a record limit of 20 bytes', () => {
  const limits = { chunk: 5, record: 20 };
  const long = 'x'.repeat(50);
  test.each([
    [
      'a longer line is one problem',
      `a\n${long}\r\nb\n`,
      [['a'], `${LINE_TOO_LONG}: ${long}`, ['b']],
    ],
    ['so is one at the end', `a\n${long}`, [['a'], `${LINE_TOO_LONG}: ${long}`]],
    [
      'an open quote is broken there',
      `"a\n${'b\n'.repeat(9)}c\n"`,
      [bad('"a'), ...Array(9).fill(['b']), ['c'], bad('"')],
    ],
  ])('%s', (_name, text, expected) => {
    const bytes = Buffer.from(text);
    expect(told(bytes, readAll(bytes, COMMA, undefined, limits))).toEqual(expected);
  });
});

test('a position remembers the quote that was open for more than the limit', () => {
  const bytes = Buffer.from('x","""\nx","""\nx","""\n",y\n');
  const limits = { chunk: 5, record: 20 };
  const all = readAll(bytes, COMMA, undefined, limits);
  const reader = openCsv(csvSource(bytes), COMMA, undefined, limits);
  reader.next();
  expect(reader.position).toEqual({ offset: 7, line: 2, brokenUntil: 20 });
  expect(told(bytes, all).slice(0, 2)).toEqual([bad('x","""'), bad('x","""')]);
  expect(readAll(bytes, COMMA, reader.position, limits)).toEqual(all.slice(1));
});

test('refuses a source that ends before its size', () => {
  const reader = openCsv({ size: 10, read: () => Buffer.from('a,') }, COMMA);
  expect(() => reader.next()).toThrow('CSV source ended early at byte 2');
});

describe('stays linear', () => {
  const cases: [string, Buffer, number][] = [
    ['on open quotes', Buffer.from('"x\n'.repeat(100_000)), 100_000],
    ['on open quotes that reach the end', Buffer.from('x","""\n'.repeat(100_000)), 100_000],
    ['on a line of 10 MB', Buffer.from(`a\n${'x'.repeat(10_000_000)}\nb\n`), 3],
    ['on a million columns', Buffer.from(`a\n${','.repeat(999_999)}\nb\n`), 3],
    ['on 10 MB of NUL', Buffer.alloc(10_000_000), 1],
  ];
  test.each(cases)('%s', (_name, bytes, count) => {
    expect(readAll(bytes, COMMA)).toHaveLength(count);
  });
});
