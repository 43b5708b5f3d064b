import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSeedFile } from '../../src/seed-file.ts';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const bookshop = join(import.meta.dirname, '../../seed/bookshop.json');
const contactOf = async (account: TestAccount, key: string) =>
  rows(await account.call('GET', `/v3/REST/contact/${key}`))[0];

describe('a CSV seed', () => {
  const post = (account: TestAccount, body: string, query = '') =>
    account.try('POST', `/seed${query}`, { body, headers: { 'Content-Type': 'text/csv' } });

  it('gives contacts, values and a list', async () => {
    const account = newAccount(mock);
    const csv =
      '\ufeffemail,name,country\r\nann@example.com,"Lee, Ann",Ireland\r\nbob@example.com,,\r\n';
    const answer = await post(account, csv, '?list=Readers%20club');
    expect(JSON.parse(answer.body)).toEqual({
      properties: 0,
      lists: 1,
      contacts: 2,
      subscriptions: 2,
      senders: 0,
      signups: 0,
      outcomes: 0,
      mails: 0,
      templates: 0,
    });
    expect(await contactOf(account, 'ann@example.com')).toMatchObject({ Name: 'Lee, Ann' });
    const [data] = rows(await account.call('GET', '/v3/REST/contactdata/ann@example.com'));
    expect(data.Data).toEqual([{ Name: 'country', Value: 'Ireland' }]);
    const lists = rows(await account.call('GET', '/v3/REST/contactslist?Name=Readers%20club'));
    expect(lists[0].SubscriberCount).toBe(2);
  });

  it.each([
    ['name\nAnn\n', 'no column "email"'],
    ['email,age\nann@example.com,7\n', 'contacts[0].properties.age: there is no such property'],
    ['email,email\na@b.c,d@e.f\n', 'has "email" twice'],
    ['email\nann\n', 'No @ character'],
    ['email,name\nann@example.com\n', 'line 2'],
    ['email\n"ann@example.com\n', 'The CSV cannot be read'],
    ['', 'email'],
  ])('%j is refused', async (csv, words) => {
    const answer = await post(newAccount(mock), csv);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
  });
});

it('a CSV seed with a line of more than a megabyte is refused', async () => {
  const body = `email\n${'x'.repeat(1_100_000)}`;
  const headers = { 'Content-Type': 'text/csv' };
  const answer = await newAccount(mock).try('POST', '/seed', { body, headers });
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('1048576 at line 2')]);
});

describe('--seed', () => {
  it('is what every fresh account holds, also after a reset', async () => {
    const own = await startMock({ seed: readSeedFile(bookshop) });
    const [ann, bob] = [newAccount(own), newAccount(own)];
    for (const account of [ann, bob])
      expect((await account.control('GET', '/account')).contacts).toBe(41);
    const before = (await ann.call('GET', '/v3/REST/contact?Limit=100')).body;
    await ann.call('PUT', '/v3/REST/contact/ann.lee@example.com', { Name: 'Changed' });
    await ann.control('POST', '/reset');
    const after = (await ann.call('GET', '/v3/REST/contact?Limit=100')).body;
    const withoutNow = (body: string) => body.replace(/"CreatedAt" : "202[6-9][^"]*"/g, '');
    expect(withoutNow(after)).toBe(withoutNow(before));
    await own.close();
  });

  it.each([
    [
      'seed.json',
      '{"contacts":[{"email":"a@b.c","lists":["Nowhere"]}]}',
      'there is no list "Nowhere"',
    ],
    ['seed.json', '{"contacts":', 'no JSON'],
    ['seed.csv', 'mail\na@b.c\n', 'no column "email"'],
  ])('that makes no sense stops the start: %s %s', (name, text, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'mockjet-seed-'));
    const path = join(folder, name);
    writeFileSync(path, text);
    expect(() => readSeedFile(path)).toThrow(`Cannot use the seed ${path}: `);
    expect(() => readSeedFile(path)).toThrow(words);
    rmSync(folder, { recursive: true });
  });
});
