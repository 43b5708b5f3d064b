import { describe, expect, it } from 'vitest';
import { memberPosition, parseJson, parseStrictJson } from './json-text.ts';

/** A long number somewhere makes the exact reader read all of it. */
const slowly = (text: string) => {
  const [value] = parseJson(`[${text},1234567890123456]`) as unknown[]; // an array was written
  return value;
};

describe('parseJson', () => {
  it.each([
    '{}',
    '[]',
    'null',
    'true',
    'false',
    '0',
    '-0.5',
    '1e3',
    '30.39',
    '"a"',
    '""',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e7"',
    '"\\ud83d\\ude00"',
    '{"a":1,"b":[true,null,{"c":"d"}]}',
    ' { "a" : [ 1 , 2 ] , "b" : { } } ',
    '{"a":1,"a":2}',
    '{"__proto__":1,"constructor":2}',
    '"山 😀"',
    '[[[[[]]]]]',
  ])('%s is the same, fast and slow', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(slowly(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['98765432123456789', 98765432123456789n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775807', 9223372036854775807n],
  ])('%s is exact', (text, value) => {
    expect(parseJson(`{"ID":${text}}`)).toEqual({ ID: value });
  });

  it('makes a lone surrogate a replacement character and leaves pairs alone', () => {
    expect(parseJson('["a\\ud83d","\\ude00b","\\ud83d\\ude00"]')).toEqual([
      'a\ufffd',
      '\ufffdb',
      '😀',
    ]);
  });

  it.each([
    ['b\nc\td', 'b\nc\td'],
    ['\n\\n\\"\\\\\\/\\b\\f\\r\\t\\u00e7', '\n\n"\\/\b\f\r\tç'],
    ['\n\\ud83d\\ude00\\ud83d 山😀', '\n😀\ufffd 山😀'],
  ])('lets a raw line break in %j through (assumed)', (text, value) => {
    expect(parseJson(`{"${text}":"${text}"}`)).toEqual({ [value]: value });
  });

  it.each(['\\x', '\\u12g4', '\\u12', '\\\n'])(
    'refuses the sequence %j, beside a raw line break too',
    (sequence) => {
      for (const text of [`["${sequence}"]`, `["\n${sequence}"]`, `["${sequence}\n"]`])
        expect(() => parseJson(text)).toThrow('invalid escape sequence');
    },
  );

  it.each([
    ['', 'unexpected end of stream at stream position 0 ...|...'], // reported
    ['   ', 'unexpected end of stream at stream position 3 ...   |...'],
    ['{"a":1', 'unexpected end of stream at stream position 6 ...{"a":1|...'],
    ['{"a', 'unexpected end of stream at stream position 3 ...{"a|...'],
    ['{"a" 1}', 'expected ":", but found "1" at stream position 6 ...{"a" 1|}...'],
    ['{a:1}', 'expected """, but found "a" at stream position 2 ...{a|:1}...'],
    ['{"a":1,}', 'expected """, but found "}" at stream position 8 ...{"a":1,}|...'],
    ['{"a":1 "b":2}', 'expected ",", but found """ at stream position 8 ...{"a":1 "|b":2}...'],
    ['[1 2]', 'expected ",", but found "2" at stream position 4 ...[1 2|]...'],
  ])('%j is refused with its place', (text, message) => {
    // the text before the place has ten characters at most
    const [, before = ''] = /\.\.\.(.*?)\|/.exec(message) ?? [];
    expect(before.length).toBeLessThanOrEqual(10);
    expect(() => parseJson(text)).toThrow(`Invalid json input: ${message}`);
  });

  it.each(['tru', '1.', '+1', 'NaN', '"\\x"', '{} {}', '[1],', "{'a':1}", '\ufeff{}'])(
    '%s is refused',
    (text) => {
      expect(() => parseJson(text)).toThrow('Invalid json input: ');
    },
  );

  it.each([501, 100_000])('nesting of %i is refused, not a crash', (depth) => {
    expect(() => parseJson('['.repeat(depth) + ']'.repeat(depth))).toThrow('nesting is too deep');
    expect(() => parseJson('{"a":'.repeat(depth))).toThrow('nesting is too deep');
  });

  it('takes a nesting of 500', () => {
    expect(() => parseJson('['.repeat(500) + ']'.repeat(500))).not.toThrow();
  });

  // more than linear time would be longer than the test may take
  it('reads a megabyte of digits and of backslashes', () => {
    expect(() => parseJson(`{"a":${'9'.repeat(1_000_000)}}`)).toThrow();
    expect(() => parseJson(`{"a":"${'\\'.repeat(1_000_001)}"}`)).toThrow();
  });
});

describe('a long number', () => {
  it.each(['', 'x', '1234567', '123456789012345', ' 123456789012345 12345 '])(
    'is found behind %j, wherever it stands',
    (before) => {
      for (const width of [0, 1, 7, 14, 15, 16, 17, 31]) {
        const text = `{"${before}${'-'.repeat(width)}":9007199254740993}`;
        expect(Object.values(parseJson(text) ?? {})).toEqual([9007199254740993n]);
      }
    },
  );
});

describe('parseStrictJson', () => {
  it.each(['{"a":1}', '[1,2.5,"é"]', '[9007199254740993]'])('reads %s', (text) => {
    expect(parseStrictJson(text)).toEqual(parseJson(text));
  });

  it.each(['["a\nb"]', '["a\nb",9007199254740993]', '[1', '{} x'])('refuses %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow();
  });

  // JSON.parse would make a million arrays first
  it('ends where nesting is too deep', () => {
    expect(() => parseStrictJson(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`)).toThrow(
      'nesting is too deep',
    );
  });
});

describe('memberPosition', () => {
  it.each([
    ['{ "Contact" : "1", "List" : "2" }', 'contact', 15], // reported
    ['{ "Contact" : "1", "List" : "2" }', 'List', 29],
    ['{"a":{"List":1},"List":2}', 'List', 24],
    ['{"a":1}', 'List', undefined],
  ])('in %s of %s is %j', (text, name, position) => {
    expect(memberPosition(text, name)).toBe(position);
  });
});
