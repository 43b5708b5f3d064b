import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { reportedSends } from './reported-sends.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** What stands for any of its form. */
const masked = (body: string) =>
  body
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/(?<=[:/ ])\d{17,19}/g, 'MESSAGE');

it.each(reportedSends)('answers as reported: $name', async (reported) => {
  const { path, body, status, reason, answer } = reported;
  const { body: text, ...given } = await newAccount(mock).call('POST', path, body);
  expect([given.status, masked(text)]).toEqual([status, masked(answer)]);
  if (reason === undefined) return;
  expect(given.reason).toBe(reason);
  expect(given.headers['content-type']).toBe('text/html');
  const length = status === 500 ? ['0', undefined] : [undefined, 'chunked'];
  expect([given.headers['content-length'], given.headers['transfer-encoding']]).toEqual(length);
});
