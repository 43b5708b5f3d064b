import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { writeOld } from './old-json.ts';

describe('writeOld', () => {
  it.each<[string, Json, string]>([
    ['an object', { A: 1, B: 'x' }, '{ "A" : 1, "B" : "x" }'],
    ['an empty object', {}, '{}'],
    ['an array of objects', [{ A: 1 }, { B: 2 }], '[{ "A" : 1 }, { "B" : 2 }]'],
    ['an array of texts', ['a', 'b'], '["a", "b"]'],
    ['an empty array', [], '[]'],
    ['booleans', { A: true, B: false }, '{ "A" : true, "B" : false }'],
    ['null', { A: null }, '{ "A" : null }'],
    ['an undefined member', { A: undefined, B: 1 }, '{ "B" : 1 }'],
    ['only undefined members', { A: undefined }, '{}'],
    ['an integer beyond 2^53', { A: 9223372036854775807n }, '{ "A" : 9223372036854775807 }'],
    ['slashes', 'Europe/Paris', '"Europe\\/Paris"'],
    ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
    ['control characters', 'a\n\r\t\b\f\0\u001fb', '"a\\n\\r\\t\\b\\f\\u0000\\u001Fb"'],
    ['other characters as they are', 'nonçascii 山 😀 \u007f', '"nonçascii 山 😀 \u007f"'],
    ['keys as texts', { 'a/"b"': 1 }, '{ "a\\/\\"b\\"" : 1 }'],
    ['keys in the order given', { b: 1, a: 2 }, '{ "b" : 1, "a" : 2 }'],
    ['a nested object', { A: { B: [{}] } }, '{ "A" : { "B" : [{}] } }'],
  ])('writes %s', (_, value, text) => {
    expect(writeOld(value)).toBe(text);
  });
});
