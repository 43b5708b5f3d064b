import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;
let list: number;

const signups = [
  {
    email: 'ann@example.com',
    list: 'Readers',
    signupAt: '2026-03-01T09:00:00Z',
    signupIp: '192.0.2.1',
    confirmAt: '2026-03-01T09:05:00Z',
    confirmIp: '192.0.2.2',
    key: 'k1',
    source: 'Widget',
    sourceId: 7,
  },
  { email: 'ben@test.org', list: 'Readers', signupAt: '2026-03-02T09:00:00Z' },
  { email: 'cleo@example.com', list: 'Guests', signupAt: '2026-03-03T09:00:00Z' },
];

/** Ann is a contact who confirmed; Ben and Cleo have only asked. */
beforeAll(async () => {
  mock = await startMock();
  account = freshAccount(mock);
  const body = {
    lists: [{ name: 'Readers' }, { name: 'Guests' }],
    contacts: [{ email: 'ann@example.com', lists: ['Readers'] }],
    signups,
  };
  const seeded = await account.call('POST', '/_mockjet/seed', { body });
  expect(seeded.status, seeded.body).toBe(200);
  list = Number(rowOf(await account.get('contactslist?Name=Readers')).ID);
});
afterAll(() => mock.close());

const at = (time: string) => Date.parse(time) / 1000;

it('shows what the seed says, in the order and types of the wire', async () => {
  const answer = await account.get('contactslistsignup?Limit=1');
  const contact = rowOf(await account.get('contact/ann@example.com')).ID;
  const row = rowOf(answer);
  expect(Object.entries(row)).toEqual([
    ['ConfirmAt', at('2026-03-01T09:05:00Z')],
    ['ConfirmIp', '192.0.2.2'],
    ['ConsentID', 0],
    ['ContactID', contact],
    ['Email', 'ann@example.com'],
    ['ID', row.ID],
    ['ListID', list],
    ['Properties', ''],
    ['SignupAt', at('2026-03-01T09:00:00Z')],
    ['SignupIp', '192.0.2.1'],
    ['SignupKey', 'k1'],
    ['Source', 'Widget'],
    ['SourceId', 7],
    ['ValidationResponse', ''],
  ]);
});

it('is found by its ID, and is no contact before it is confirmed', async () => {
  const [, ben] = rowsOf(await account.get('contactslistsignup'));
  const row = rowOf(await account.get(`contactslistsignup/${ben?.ID}`));
  expect(row).toMatchObject({ Email: 'ben@test.org', ConfirmAt: 0, Source: 'widget' });
  expect(row).not.toHaveProperty('ContactID');
  expect(row.SignupKey).toMatch(/^[0-9a-f]{32}$/);
});

describe('The filter', () => {
  it.each([
    ['ContactsList={list}', 'ann ben'],
    ['Contact={contact}', 'ann'],
    ['Domain=EXAMPLE.com', 'ann cleo'],
    ['Domain=example.com&LocalPart=cleo', 'cleo'],
    ['Email=Ben@test.org', 'ben'],
    ['MinSignupAt={second}', 'cleo'],
    ['MaxSignupAt={second}', 'ann'],
    ['MinConfirmAt=0', 'ann'],
    ['MaxConfirmAt=1', 'ben cleo'],
    ['SignupIp=192.0.2.1', 'ann'],
    ['SignupKey=k1', 'ann'],
    ['Source=widget', 'ann ben cleo'],
    ['SourceID=7', 'ann'],
    ['APIKey={key}', 'ann ben cleo'],
    ['APIKey=1', ''],
  ])('%s finds %s', async (query, expected) => {
    const ids: Record<string, unknown> = {
      list,
      contact: rowOf(await account.get('contact/ann@example.com')).ID,
      second: at('2026-03-02T09:00:00Z'),
      key: rowOf(await account.get('apikey')).ID,
    };
    const filled = query.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
    const found = rowsOf(await account.get(`contactslistsignup?${filled}`));
    expect(found.map(({ Email }) => String(Email).split('@')[0]).join(' ')).toBe(expected);
  });

  it('LocalPart alone is refused (documented, the words are assumed)', async () => {
    const { status, reason } = await account.get('contactslistsignup?LocalPart=ann');
    expect([status, reason]).toEqual([
      400,
      'Unexpected error during GET: Filter "LocalPart" can only be specified together with "Domain"',
    ]);
  });
});

it.each([
  ['POST', 'contactslistsignup'],
  ['DELETE', 'contactslistsignup/1'],
])('%s is not offered', async (method, path) => {
  expect((await account.call(method, path, { body: {} })).status).toBe(401);
});

it('Who is made anonymous is gone from here too (assumed)', async () => {
  const { get, remove, call } = freshAccount(mock);
  const body = {
    lists: [{ name: 'Readers' }],
    contacts: [{ email: 'ann@example.com' }],
    signups: signups.slice(0, 1),
  };
  await call('POST', '/_mockjet/seed', { body });
  await remove(`/v4/contacts/${rowOf(await get('contact/ann@example.com')).ID}`);
  expect(rowsOf(await get('contactslistsignup'))).toEqual([]);
});

it('A seed with a list that is not there is refused as a whole', async () => {
  const body = { signups: [{ email: 'ann@example.com', list: 'Nowhere' }] };
  const answer = await account.call('POST', '/_mockjet/seed', { body });
  expect([answer.status, answer.body]).toEqual([
    400,
    expect.stringContaining('signups[0].list: there is no list \\"Nowhere\\"'),
  ]);
});
