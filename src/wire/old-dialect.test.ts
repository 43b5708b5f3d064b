import { describe, expect, it } from 'vitest';
import { MailjetError, unexpected } from '../lib/errors.ts';
import { oldErrorBody, oldPhrase } from './old-dialect.ts';

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
