import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('a seed', () => {
  it('gives properties, lists, contacts, values and subscriptions', async () => {
    const account = newAccount(mock);
    const counts = await account.control(
      'POST',
      '/seed',
      JSON.parse(readFileSync(bookshop, 'utf8')),
    );
    expect(counts).toMatchObject({ properties: 5, lists: 4, contacts: 40 });
    expect(await account.control('GET', '/account')).toMatchObject({
      contacts: 41,
      lists: 4,
      properties: 9,
    });
    const [list] = rows(await account.call('GET', '/v3/REST/contactslist/47001'));
    expect(list).toMatchObject({ Name: 'Newsletter', Address: 'r4kq7zt2m', SubscriberCount: 32 });
    const lists = rows(
      await account.call('GET', '/v3/REST/contact/ann.lee@example.com/getcontactslists'),
    );
    expect(lists[0]).toMatchObject({ ListID: 47001, IsUnsub: true });
    expect(lists).toHaveLength(3);
    const [data] = rows(await account.call('GET', '/v3/REST/contactdata/ann.lee@example.com'));
    expect(data.Data).toContainEqual({ Name: 'is_member', Value: 'true' });
    expect(rows(await account.call('GET', '/v3/REST/contactslist/47004'))[0].IsDeleted).toBe(true);
  });

  it('moves no date of activity, and writes no call down', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
    await account.control('POST', '/seed', {
      contacts: [
        { email: 'ann@example.com', lists: ['MyFirstTest'], createdAt: '2020-01-02T03:04:05Z' },
        { email: 'bob@example.com', isExcludedFromCampaigns: true },
        { email: 'owner@example.com', name: 'Owner' },
      ],
    });
    expect(await contactOf(account, 'ann@example.com')).toMatchObject({
      CreatedAt: '2020-01-02T03:04:05Z',
      LastActivityAt: '',
      LastUpdateAt: '',
    });
    expect(await contactOf(account, 'bob@example.com')).toMatchObject({
      CreatedAt: '2026-03-01T09:00:00Z',
      IsExcludedFromCampaigns: true,
      ExclusionFromCampaignsUpdatedAt: '2026-03-01T09:00:00Z',
      LastActivityAt: '',
    });
    expect(await contactOf(account, 'owner@example.com')).toMatchObject({
      Name: 'Owner',
      LastUpdateAt: '',
    });
    expect((await account.control('GET', '/requests?method=POST')).requests).toEqual([]);
  });

  it('keeps IDs exact to 64 bits, and gives them to nobody else', async () => {
    const account = newAccount(mock);
    const body =
      '{"lists":[{"name":"Big","id":9007199254740993}],"contacts":[{"email":"ann@example.com","id":"9223372036853775001"},{"email":"low@example.com","id":5}]}';
    expect((await account.try('POST', '/seed', { body })).status).toBe(200);
    const found = await account.call('GET', '/v3/REST/contact/9223372036853775001');
    expect(found.body).toContain('"ID" : 9223372036853775001');
    expect((await account.call('GET', '/v3/REST/contactslist/9007199254740993')).status).toBe(200);
    expect(await contactOf(account, '5')).toMatchObject({ Email: 'low@example.com' });
    const made = await account.call('POST', '/v3/REST/contact', { Email: 'next@example.com' });
    expect(made.body).toContain('"ID" : 9223372036853775002');
  });

  it('may come twice: what is there stays and takes what is new', async () => {
    const account = newAccount(mock);
    const document = {
      properties: [{ name: 'orders', datatype: 'int' }],
      lists: [{ name: 'Readers', id: 77 }],
      contacts: [
        { email: 'ann@example.com', id: 88, properties: { orders: 3 }, lists: ['Readers'] },
      ],
    };
    await account.control('POST', '/seed', document);
    const before = await account.control('GET', '/account');
    await account.control('POST', '/seed', document);
    expect({ ...(await account.control('GET', '/account')), clock: 0 }).toEqual({
      ...before,
      clock: 0,
    });
    const more = { email: 'Ann@Example.com', name: 'Ann', properties: { country: 'Ireland' } };
    await account.control('POST', '/seed', { contacts: [more] });
    const [data] = rows(await account.call('GET', '/v3/REST/contactdata/88'));
    expect(data.Data.map(({ Value }: { Value: string }) => Value)).toEqual(['Ireland', '3']);
  });

  it.each<[object, string]>([
    [{ contacts: [{}] }, 'contacts.0.email'],
    [{ contacts: [{ email: 'ann' }] }, 'No @ character'],
    [
      { contacts: [{ email: 'a@b.c', lists: ['Nowhere'] }] },
      'contacts[0].lists[0]: there is no list "Nowhere"',
    ],
    [
      { contacts: [{ email: 'a@b.c', properties: { age: 1 } }] },
      'contacts[0].properties.age: there is no such property',
    ],
    [
      {
        properties: [{ name: 'age', datatype: 'int' }],
        contacts: [{ email: 'a@b.c', properties: { age: 'x' } }],
      },
      'contacts[0].properties.age: "x" is no int',
    ],
    [
      { contacts: [{ email: 'a@b.c' }, { email: 'A@B.C' }] },
      'contacts[1].email: A@B.C stands in contacts[0] already',
    ],
    [
      {
        contacts: [
          { email: 'a@b.c', id: 5 },
          { email: 'd@b.c', id: '5' },
        ],
      },
      'contacts[1].id: another contact has the ID 5',
    ],
    [
      { contacts: [{ email: 'owner@example.com', id: 5 }] },
      'contacts[0].id: owner@example.com is there with the ID',
    ],
    [{ contacts: [{ email: 'a@b.c', id: 0 }] }, 'contacts.0.id: give an ID'],
    [{ contacts: [{ email: 'a@b.c', id: '9223372036854775807' }] }, 'contacts.0.id: give an ID'],
    [{ contacts: [{ email: 'a@b.c', createdAt: 'today' }] }, 'contacts.0.createdAt'],
    [{ lists: [{ name: 'A' }, { name: 'A' }] }, 'lists[1].name: the document has "A" twice'],
    [
      {
        lists: [
          { name: 'A', address: 'x' },
          { name: 'B', address: 'x' },
        ],
      },
      'lists[1].address: another list',
    ],
    [
      { lists: [{ name: 'MyFirstTest', id: 5 }] },
      'lists[0].id: the list "MyFirstTest" is there with the ID',
    ],
    [
      { properties: [{ name: 'country', datatype: 'int' }] },
      'the property country is there as str',
    ],
    [{ properties: [{ name: 'age', datatype: 'number' }] }, 'properties.0.datatype'],
    [{ people: [] }, 'people'],
  ])('%j is refused, all of it', async (document, words) => {
    const account = newAccount(mock);
    // a look by control makes no account, so the two looks would be at different ones
    await account.call('GET', '/v3/REST/contact');
    const before = await account.control('GET', '/account');
    const body = { lists: [], ...document };
    const answer = await account.try('POST', '/seed', { body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
    expect({ ...(await account.control('GET', '/account')), clock: 0 }).toEqual({
      ...before,
      clock: 0,
    });
  });

  it('names ten wrong places, not a million', async () => {
    const contacts = Array.from({ length: 1000 }, () => ({ mail: 'a@b.c' }));
    const answer = await newAccount(mock).try('POST', '/seed', { body: { contacts } });
    expect(answer.status).toBe(400);
    expect(answer.body.length).toBeLessThan(2000);
  });

  const many = (length: number) => Array.from({ length }, (_, i) => i);
  it.each([
    [{ properties: many(1001) }, 'properties: 1001 of at most 1000'],
    [{ lists: many(2001) }, 'lists: 2001 of at most 2000'],
    [{ contacts: many(20_001) }, 'contacts: 20001 of at most 20000'],
    [{ signups: many(10_001) }, 'signups: 10001 of at most 10000'],
    [{ contacts: [{ lists: many(20_001) }] }, '20001 subscriptions of at most 20000'],
    [
      {
        contacts: many(11).map(() => ({ properties: Object.fromEntries(many(19_000).entries()) })),
      },
      '209000 property values of at most 200000',
    ],
  ])('of too much says so, and looks at none of it (case %#)', async (document, words) => {
    for (const [path, body] of [
      ['/seed', document],
      ['/accounts', { seed: document }],
    ] as const) {
      const answer = await newAccount(mock).try('POST', path, { body });
      expect(answer.status).toBe(400);
      const { error } = JSON.parse(answer.body);
      expect(error).toContain(words);
      expect(error).not.toContain('; '); // a second fault
    }
  });

  it.each([
    ['records', `email\n${many(20_001).join('\n')}`, 'contacts: 20001 of at most 20000'],
    ['columns', `email${','.repeat(1_000_000)}\nann@example.com`, 'more than 1000000 fields'],
    ['empty lines', '\n'.repeat(1_000_000), 'more than 1000000 fields'],
  ])('of too many %s in a CSV says so', async (_what, body, words) => {
    const headers = { 'Content-Type': 'text/csv' };
    const answer = await newAccount(mock).try('POST', '/seed', { body, headers });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(words)]);
  });

  it('takes 20,000 contacts', async () => {
    const account = newAccount(mock);
    const contacts = Array.from({ length: 20_000 }, (_, i) => ({
      email: `reader${i}@example.com`,
      properties: { country: 'Ireland' },
      lists: ['MyFirstTest'],
    }));
    expect(await account.control('POST', '/seed', { contacts })).toMatchObject({
      subscriptions: 20_000,
    });
  });
});
