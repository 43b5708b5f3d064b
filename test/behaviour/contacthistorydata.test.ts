import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;
let ann: number;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** Ann bought for 12.5 in March and for 20 in April; her visit is of today. Her size is no historic property. */
beforeEach(async () => {
  account = freshAccount(mock);
  const { post } = account;
  for (const [Name, Datatype, NameSpace] of [
    ['purchase', 'float', 'historic'],
    ['visit', 'str', 'historic'],
    ['size', 'str', 'static'],
  ])
    await post('contactmetadata', { Name, Datatype, NameSpace });
  ann = Number(rowOf(await post('contact', { Email: 'ann@example.com' })).ID);
  const bought = { ContactALT: 'ann@example.com', Name: 'purchase' };
  await post('contacthistorydata', { ...bought, Data: '20', CreatedAt: '2026-04-01T00:00:00Z' });
  await post('contacthistorydata', { ...bought, Data: 12.5, CreatedAt: '2026-03-01T00:00:00Z' });
  await post('contacthistorydata', { ContactID: ann, Name: 'Visit', Data: 'shop' });
});

it('POST stores a value beside the earlier ones, and answers with the row', async () => {
  const body = {
    ContactID: ann,
    Name: 'PURCHASE',
    Data: '7.50',
    CreatedAt: '2026-05-01T02:00:00+02:00',
  };
  const answer = await account.post('contacthistorydata', body);
  const { ID } = rowOf(answer);
  expect([answer.status, answer.body]).toEqual([
    201,
    `{ "Count" : 1, "Data" : [{ "ContactID" : ${ann}, "CreatedAt" : "2026-05-01T00:00:00Z", "Data" : "7.5", "ID" : ${ID}, "Name" : "purchase" }], "Total" : 1 }`,
  ]);
  expect(rowOf(await account.get(`contacthistorydata/${ID}`)).Data).toBe('7.5');
  expect(rowsOf(await account.get('contacthistorydata'))).toHaveLength(4);
});

it("a value without a time is of now, by the account's clock", async () => {
  await account.call('POST', '/_mockjet/clock/freeze', { body: { at: '2026-06-01T10:00:00Z' } });
  const body = { ContactID: ann, Name: 'visit', Data: 'shop' };
  const { CreatedAt } = rowOf(await account.post('contacthistorydata', body));
  expect(CreatedAt).toBe('2026-06-01T10:00:00Z');
});

describe('GET', () => {
  it.each([
    ['', '20 12.5 shop'],
    ['Name=purchase', '20 12.5'],
    ['Name=Purchase&Sort=CreatedAt', '12.5 20'],
    ['Sort=CreatedAt DESC&Name=purchase', '20 12.5'],
    ['Contact={ann}', '20 12.5 shop'],
    ['Contact=1', ''],
    ['MinCreatedAt=2026-04-01T00:00:00Z&Name=purchase', '20'],
    ['MaxCreatedAt=2026-04-01T00:00:00Z', '12.5'],
    ['Contact={ann}&Name=purchase&Last=true', '20'],
    ['Contact={ann}&Name=purchase&Last=false', '20 12.5'],
  ])('?%s finds %s', async (query, expected) => {
    const path = `contacthistorydata?${query.replace('{ann}', String(ann)).replace(' ', '+')}`;
    const found = rowsOf(await account.get(path));
    expect(found.map(({ Data }) => Data).join(' ')).toBe(expected);
  });

  it.each(['Last=true', 'Last=true&Name=visit', 'Last=1&Contact=1'])(
    '?%s is refused: the last of what? (documented, the words are assumed)',
    async (query) => {
      const { status, reason } = await account.get(`contacthistorydata?${query}`);
      expect(status).toBe(400);
      expect(reason).toContain('Filter "Last" can only be specified together with');
    },
  );
});

describe('POST refuses', () => {
  it.each<[string, object, string]>([
    ['an unknown property', { Name: 'colour', Data: 'red' }, 'Invalid key name: "colour"'],
    ['a static property', { Name: 'size', Data: 'XL' }, 'Invalid key name: "size"'],
    ['no name', { Data: 'XL' }, 'Invalid key name: ""'],
    [
      'a value of another type',
      { Name: 'purchase', Data: 'dear' },
      '[{ "purchase" : "CM05 "dear" is not a valid float value for key purchase" }]',
    ],
    [
      'a time that is none',
      { Name: 'visit', Data: 'shop', CreatedAt: 'yesterday' },
      'Invalid json input: "yesterday" is not a valid date and time',
    ],
  ])('%s', async (_what, body, message) => {
    const answer = await account.post('contacthistorydata', { ContactID: ann, ...body });
    expect([answer.status, JSON.parse(answer.body).ErrorMessage]).toEqual([400, message]);
  });

  it('no contact, and one that is not there', async () => {
    const body = { Name: 'visit', Data: 'shop' };
    expect((await account.post('contacthistorydata', body)).status).toBe(400);
    expect((await account.post('contacthistorydata', { ...body, ContactID: 1 })).status).toBe(400);
  });
});

it('DELETE removes one value, and PUT is not offered', async () => {
  const { get, put, remove } = account;
  const [first] = rowsOf(await get('contacthistorydata'));
  expect((await put(`contacthistorydata/${first?.ID}`, { Data: '1' })).status).toBe(401);
  expect((await remove(`contacthistorydata/${first?.ID}`)).status).toBe(204);
  expect((await get(`contacthistorydata/${first?.ID}`)).status).toBe(404);
  expect(rowsOf(await get('contacthistorydata'))).toHaveLength(2);
});

it('a property takes its values along: renamed, they have its name, removed, they are gone', async () => {
  const { get, put, remove } = account;
  await put('contactmetadata/historic|purchase', { Name: 'order' });
  expect(rowsOf(await get('contacthistorydata?Name=order'))).toHaveLength(2);
  await remove('contactmetadata/historic|order');
  expect(rowsOf(await get('contacthistorydata')).map(({ Name }) => Name)).toEqual(['visit']);
});

it('historic properties are none of contactdata, and the values of an anonymous contact are gone', async () => {
  const { get, put, remove } = account;
  expect((await put(`contactdata/${ann}`, { Data: [{ Name: 'visit', Value: 'x' }] })).status).toBe(
    400,
  );
  await remove(`/v4/contacts/${ann}`);
  expect(rowsOf(await get('contacthistorydata'))).toEqual([]);
});
