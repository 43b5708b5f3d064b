import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mailjet } from '../support/mailjet.ts';

let mockjet: Mockjet;
let account: MockjetAccount;
const id = expect.any(Number);
const properties = [
  { name: 'country' },
  { name: 'age', datatype: 'int' as const },
  { name: 'height', datatype: 'float' as const },
  { name: 'is_member', datatype: 'bool' as const },
  { name: 'since', datatype: 'datetime' as const },
];
const ann = {
  country: 'Ireland',
  age: 42,
  height: 1.7,
  is_member: true,
  since: '2020-01-02T00:00:00Z',
};

beforeAll(async () => {
  mockjet = await startMockjet();
  account = await mockjet.account({
    seed: {
      properties,
      lists: [{ name: 'Readers' }, { name: 'Gone', isDeleted: true }, { name: 'Nobody/1' }],
      contacts: [
        {
          email: 'ann.lee@example.com',
          name: 'Ann Lee',
          createdAt: '2024-05-06T07:08:09Z',
          properties: ann,
          lists: ['Readers'],
        },
        {
          email: 'bo.yang@example.org',
          lists: [{ name: 'Readers', isUnsubscribed: true }],
          isExcludedFromCampaigns: true,
        },
      ],
    },
  });
});
afterAll(() => mockjet.close());

describe('account.contacts', () => {
  it('gets a contact with typed properties and its lists, by its address in any case', async () =>
    expect(await account.contacts.get('Ann.Lee@example.com')).toEqual({
      id,
      email: 'ann.lee@example.com',
      name: 'Ann Lee',
      createdAt: '2024-05-06T07:08:09Z',
      isExcludedFromCampaigns: false,
      properties: ann,
      lists: [{ id, name: 'Readers', isUnsubscribed: false }],
    }));

  it('gets undefined where there is none', async () =>
    expect(await account.contacts.get('nobody@example.com')).toBeUndefined());

  it.each([
    [undefined, ['owner@example.com', 'ann.lee@example.com', 'bo.yang@example.org']],
    [{ email: 'EXAMPLE.com' }, ['owner@example.com', 'ann.lee@example.com']],
    [{ list: 'Readers' }, ['ann.lee@example.com', 'bo.yang@example.org']],
    [{ list: 'Readers', email: 'bo' }, ['bo.yang@example.org']],
    [{ list: 'Nobody/1' }, []],
    [{ limit: 1 }, ['owner@example.com']],
    [{ email: '%' }, []],
  ])('finds %j: %j', async (query, emails) =>
    expect((await account.contacts.find(query)).map(({ email }) => email).sort()).toEqual(
      emails.toSorted(),
    ),
  );

  it('goes on after an ID', async () => {
    const [first, ...others] = await account.contacts.find();
    expect(await account.contacts.find({ after: first?.id ?? 0 })).toEqual(others);
  });

  it('refuses a list that does not exist, which nobody could be on', async () => {
    for (const list of ['Reader', 'Gone'])
      await expect(account.contacts.find({ list })).rejects.toThrow(
        `The account has no list "${list}"; account.lists.list() shows all`,
      );
  });

  it('shows what was done over the API, and is no call itself', async () => {
    const own = await mockjet.account();
    await mailjet(own, 'POST', 'REST/contact', { Email: 'cy@example.com' });
    expect(await own.contacts.get('cy@example.com')).toMatchObject({ lists: [], properties: {} });
    expect(await own.requests.find()).toHaveLength(1);
  });
});

describe('account.lists', () => {
  it('gets a list by its name, with its members', async () =>
    expect(await account.lists.get('Readers')).toMatchObject({
      name: 'Readers',
      subscribers: 1,
      memberCount: 2,
      members: [
        {
          email: 'ann.lee@example.com',
          isUnsubscribed: false,
          subscribedAt: '2024-05-06T07:08:09Z',
        },
        { email: 'bo.yang@example.org', isUnsubscribed: true },
      ],
    }));

  it('gets undefined for none, and for a deleted one', async () => {
    expect(await account.lists.get('None')).toBeUndefined();
    expect(await account.lists.get('Gone')).toBeUndefined();
    expect(await account.lists.get('Nobody/1')).toMatchObject({ memberCount: 0, members: [] });
  });

  it('lists them', async () =>
    expect((await account.lists.list()).map(({ name }) => name).sort()).toEqual(
      ['MyFirstTest', 'Nobody/1', 'Readers'].toSorted(),
    ));
});

it('account.properties lists them with their datatypes', async () =>
  expect(await account.properties.list()).toEqual(
    expect.arrayContaining(properties.map(({ name, datatype = 'str' }) => ({ name, datatype }))),
  ));

describe('a name that does not exist is refused in the words of the library', () => {
  const wrong = 'contact creat' as 'contact create';
  it.each<[string, () => Promise<unknown>]>([
    ['requests.find', () => account.requests.find({ operation: wrong })],
    ['requests.wait', () => account.requests.wait({ operation: wrong })],
    ['faults.add', () => account.faults.add({ operation: wrong, status: 500 })],
    ['mockjet.faults.add', () => mockjet.faults.add({ operation: wrong, status: 500 })],
  ])('%s', async (_name, call) =>
    expect(call()).rejects.toThrow(
      expect.objectContaining({
        status: 400,
        message: expect.stringContaining('did you mean "contact create"?'),
      }),
    ),
  );

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'an operation',
      () => account.requests.find({ operation: wrong }),
      'the type MockjetOperation',
    ],
    ['a snapshot', () => account.restore('none'), 'account.snapshots.list() lists them'],
    ['a job', () => account.jobs.get(1), 'account.jobs.list() lists them'],
    [
      'a member of a rule',
      () => account.faults.add({ staus: 500 } as object),
      'there is no such member: staus',
    ],
    [
      'a type',
      () => account.faults.add({ status: '500' as unknown as number }),
      'status: give a number',
    ],
    [
      'a word',
      () => account.jobs.pace('fast' as 'held'),
      'give one of timed, instant, polled, held',
    ],
  ])('%s', async (_name, call, told) => expect(call()).rejects.toThrow(told));

  it('says that it is closed', async () => {
    const other = await startMockjet();
    await other.close();
    await expect(other.account()).rejects.toThrow('This Mockjet was closed');
    await expect(other.defaultAccount.reset()).rejects.toThrow('This Mockjet was closed');
  });
});
