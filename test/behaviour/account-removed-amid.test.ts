import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newAccount, startImport } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let onSlice = () => {};
const lines: unknown[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) });
beforeAll(async () => {
  mock = await startMock({
    logger,
    pace: 'held',
    // slices of 16 records: the step of a test lasts for dozens of turns
    sliceBudget: () => {
      onSlice();
      return () => false;
    },
  });
});
afterAll(() => mock.close());
beforeEach(() => void lines.splice(0));

it('a step during which its account is removed is told so, and the log is quiet', async () => {
  const account = newAccount(mock);
  const csv = Array.from({ length: 1000 }, (_, i) => `reader${i}@example.com`);
  const job = await startImport(account, mock, `email\n${csv.join('\n')}\n`);
  const [key] = account.user.split(':');
  let isRemoved = false;
  onSlice = () => {
    onSlice = () => {};
    setImmediate(() => {
      const own = mock.registry.accounts().find(({ apiKey }) => apiKey === key);
      if (own !== undefined) mock.steering.remove(own);
      isRemoved = own !== undefined;
    });
  };
  const answer = await account.try('POST', `/jobs/${job}/step`, { body: { states: 5 } });
  expect(isRemoved).toBe(true);
  expect([answer.status, answer.body]).toEqual([
    409,
    '{"error":"The account was removed meanwhile"}',
  ]);
  expect(lines).toEqual([]);
});
