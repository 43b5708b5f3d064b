import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

// Texts that a matcher which goes back and tries again would need years for.
let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

it('a rule with many stars is told at once from a long path that almost fits', async () => {
  const account = newAccount(mock);
  await account.control('POST', '/faults', { path: `/${'*a'.repeat(100)}*b`, status: 503 });
  expect((await account.call('GET', `/v3/REST/contact/${'a'.repeat(3000)}`)).status).toBe(400);
  expect((await account.call('GET', `/v3/REST/contact/${'a'.repeat(3000)}b`)).status).toBe(503);
});

it('a body of spaces and a word is read once', async () => {
  const account = newAccount(mock);
  const lists = JSON.parse((await account.call('GET', '/v3/REST/contactslist')).body).Data;
  const path = `/v3/REST/contactslist/${lists[0].ID}/managecontact`;
  const answer = await account.call('POST', path, `${' '.repeat(400_000)}x`);
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('position 400001')]);
});

it('an int of zeros and a letter is refused after one look', async () => {
  const account = newAccount(mock);
  await account.call('POST', '/v3/REST/contactmetadata', { Name: 'age', Datatype: 'int' });
  const answer = await account.call('PUT', '/v3/REST/contactdata/owner@example.com', {
    Data: [{ Name: 'age', Value: `${'0'.repeat(400_000)}x` }],
  });
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('CM03')]);
});
