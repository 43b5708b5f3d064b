import { describe, expect, it } from 'vitest';
import { MailjetError, unexpected } from '../lib/errors.ts';
import type { Json } from '../lib/json.ts';
import { oldErrorBody, oldPhrase, writeOld } from './old-dialect.ts';

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

describe('oldErrorBody', () => {
  it.each<[string, MailjetError, string]>([
    [
      'sorted',
      new MailjetError(404, 'Object not found'),
      '{ "ErrorInfo" : "", "ErrorMessage" : "Object not found", "StatusCode" : 404 }',
    ],
    [
      'with an identifier in upper case',
      unexpected(),
      '{ "ErrorIdentifier" : "A8EBD4F2", "ErrorInfo" : "", "ErrorMessage" : "An Unexpected Error occurred during API request", "StatusCode" : 500 }',
    ],
    [
      'message first',
      new MailjetError(400, 'No', { info: { A: [] }, messageFirst: true }),
      '{ "ErrorMessage" : "No", "StatusCode" : 400, "ErrorInfo" : { "A" : [] } }',
    ],
  ])('is %s', (_, error, body) => {
    expect(oldErrorBody(error, 'a8ebd4f2')).toBe(body);
  });
});

describe('oldPhrase', () => {
  it.each([
    [200, 'OK'],
    [201, 'Created'],
    [204, 'No content'],
    [304, 'Content not changed'],
  ])('of %i is "%s" (recorded)', (status, phrase) => {
    expect(oldPhrase(status)).toBe(phrase);
  });
});
