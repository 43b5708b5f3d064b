import { describe, expect, test } from 'vitest';
import { createFormatDetector } from './format.ts';

function detect(bytes: Buffer | string, step = 1_000_000) {
  const all = Buffer.from(bytes);
  const detector = createFormatDetector();
  for (let at = 0; at < all.length; at += step) detector.feed(all.subarray(at, at + step));
  return detector.result();
}

describe('separator', () => {
  test.each([
    ['comma', 'email,age\n', ','],
    ['comma beside semicolons', 'email;x,age\n', ','],
    ['semicolon', 'email;age\nanna@example.com;1,5\n', ';'],
    ['semicolon after blank lines', '\r\n\nemail;age\n', ';'],
    ['tab', 'email\tage\n', '\t'],
    ['semicolon when the comma is in quotes', '"Name, first";email\n', ';'],
    ['comma when the semicolon is in quotes', '"email;address"\n', ','],
    ['comma for one column', 'email\nanna@example.com\n', ','],
    ['comma for an empty file', '', ','],
  ])('%s', (_name, text, separator) => {
    expect(detect(text).separator).toBe(separator);
  });
});

describe('escape', () => {
  const long = 'x'.repeat(70_000);
  test.each([
    ['none', 'a,b\n"c","d"\n', '"'],
    ['doubled quotes', 'a\n"say ""hi"""\n', '"'],
    ['backslash', 'a\n"say \\"hi\\" now"\n', '\\'],
    ['backslash at the end of a field', 'a,b\n"5\\"",x\n"b",y\n', '\\'],
    ['backslash in the last field', 'a\n"say \\"hi\\""', '\\'],
    ['backslash on the second line of a field', 'a\n"one\nsay \\"hi\\""\n', '\\'],
    ['backslash after the first 64 KiB', `a\n${long}\n"say \\"hi\\""\n`, '\\'],
    ['a path that ends in a backslash', 'a,b\n"C:\\","D:\\"\n', '"'],
    ['a backslash before a doubled quote', 'a\n"C:\\""D"""\n', '"'],
    ['a backslash and a quote outside quotes', 'a\n5\\"x,b\n', '"'],
    ['a broken line beside a path', 'a,b\n"C:\\",x\n"d"e,f\n', '"'],
    ['a backslash further on in a broken line', 'a\n"d"e,"C:\\"f\n', '"'],
    ['a broken line after a doubtful one', 'a\n"C:\\""D"\nx,"d"e\n', '"'],
  ])('%s', (_name, text, expected) => {
    expect(detect(text).escape).toBe(expected);
    expect(detect(text, 7).escape).toBe(expected);
  });
});

describe('encoding', () => {
  test.each([
    ['ASCII', Buffer.from('email\n'), 'utf8'],
    ['UTF-8', Buffer.from('Zoë €5 🎈\n'), 'utf8'],
    ['Latin-1', Buffer.from('Zoë\n', 'latin1'), 'latin1'],
    ['Latin-1 at the very end', Buffer.from('Zoë', 'latin1'), 'latin1'],
    ['a cut character at the end', Buffer.from('🎈').subarray(0, 3), 'latin1'],
    ['a lone continuation byte', Buffer.from([0x61, 0x80, 0x62]), 'latin1'],
  ])('%s', (_name, bytes, encoding) => {
    for (const step of [1, 2, 3, 1000]) expect(detect(bytes, step).encoding).toBe(encoding);
  });
});

test('a UTF-8 byte order mark is skipped', () => {
  expect(detect('\ufeff"email";age\n', 2)).toEqual({
    separator: ';',
    escape: '"',
    encoding: 'utf8',
    start: 3,
  });
  expect(detect('email\n').start).toBe(0);
});
