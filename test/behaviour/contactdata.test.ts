import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshAccount, freshAccount, rowOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;
const path = 'contactdata/owner@example.com';

beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** A fresh account with a property of each datatype, made in this order. */
async function openAccount(): Promise<FreshAccount> {
  account = freshAccount(mock);
  const properties = { age: 'int', height: 'float', vip: 'bool', birthday: 'datetime' };
  for (const [Name, Datatype] of Object.entries(properties))
    await account.post('contactmetadata', { Name, Datatype });
  return account;
}

const shown = async () => rowOf(await account.get(path)).Data;

describe('Values of contact properties', () => {
  it.each([
    // name, given, answered by PUT (raw, recorded), read back
    ['country', 'Chile', 'Chile', 'Chile'],
    ['country', 3039, '3039', '3039'], // recorded
    ['country', 30.39, '30.39', '30.39'], // recorded
    ['country', true, 'true', 'true'],
    ['country', '', '', ''],
    ['age', 42, '42', '42'],
    ['age', '42', '42', '42'],
    ['age', '007', '007', '7'],
    ['age', '9223372036854775807', '9223372036854775807', '9223372036854775807'],
    ['height', 30.39, '30.39', '30.39'], // recorded
    ['height', '1.80', '1.80', '1.8'],
    ['vip', 'true', 'true', 'true'], // client
    ['vip', true, 'true', 'true'],
    ['vip', 0, '0', 'false'],
    ['birthday', '2021-02-11T23:03:03.000Z', '2021-02-11T23:03:03.000Z', '2021-02-11T23:03:03Z'], // recorded
    ['birthday', '2021-02-11T23:03:03+02:00', '2021-02-11T23:03:03+02:00', '2021-02-11T21:03:03Z'],
    ['birthday', 1613084583, '1613084583', '2021-02-11T23:03:03Z'], // documented
  ])('%s of %j is answered as %j and read as %j', async (Name, given, answered, read) => {
    const { put } = await openAccount();
    const answer = await put(path, { Data: [{ Name, Value: given }] });
    expect([answer.status, rowOf(answer).Data]).toEqual([200, [{ Name, Value: answered }]]);
    expect(await shown()).toEqual([{ Name, Value: read }]);
  });

  it('are merged, answered in the order of the request, read in that of the properties (recorded)', async () => {
    const { put } = await openAccount();
    await put(path, { Data: [{ Name: 'age', Value: 42 }] });
    const answer = await put(path, {
      Data: [
        { name: 'vip', value: true },
        { Name: 'firstname', Value: 'Olga' },
      ],
    });
    expect(answer.body).toMatch(
      /^\{ "Count" : 1, "Data" : \[\{ "ContactID" : (\d+), "Data" : \[\{ "Name" : "vip", "Value" : "true" \}, \{ "Name" : "firstname", "Value" : "Olga" \}\], "ID" : \1, "MethodCollection" : "" \}\], "Total" : 1 \}$/,
    );
    expect(await shown()).toEqual([
      { Name: 'firstname', Value: 'Olga' },
      { Name: 'age', Value: '42' },
      { Name: 'vip', Value: 'true' },
    ]);
  });

  it.each([{ Name: 'country' }, { Name: 'country', Value: null }])(
    '%j deletes the value, and the answer leaves it out (recorded, documented for null)',
    async (item) => {
      const { put } = await openAccount();
      await put(path, { Data: [{ Name: 'country', Value: 'Chile' }] });
      const answer = await put(path, { Data: [item] });
      expect([answer.status, rowOf(answer).Data]).toEqual([200, []]);
      expect(await shown()).toEqual([]);
    },
  );

  it('that are stored already answer 304', async () => {
    const { put } = await openAccount();
    const body = { Data: [{ Name: 'birthday', Value: '2021-02-11T23:03:03Z' }] };
    expect((await put(path, body)).status).toBe(200);
    expect((await put(path, body)).status).toBe(304);
    expect((await put(path, { Data: [{ Name: 'country' }] })).status).toBe(304);
  });

  it('are not stored when one of them is bad', async () => {
    const { put } = await openAccount();
    for (const bad of [
      { Name: 'age', Value: 'old' },
      { Name: 'shoe_size', Value: '42' },
    ]) {
      const body = { Data: [{ Name: 'country', Value: 'Chile' }, bad] };
      expect((await put(path, body)).status).toBe(400);
      expect(await shown()).toEqual([]);
    }
  });

  it('leave the times of the contact alone (recorded)', async () => {
    const { get, put } = await openAccount();
    await put(path, { Data: [{ Name: 'age', Value: 42 }] });
    expect(rowOf(await get('contact/owner@example.com'))).toMatchObject({
      LastActivityAt: '',
      LastUpdateAt: '',
    });
  });

  it('are found by ID as well, and POST is an upsert (documented)', async () => {
    const { get, post } = await openAccount();
    const { ID } = rowOf(await get('contact'));
    for (const Value of ['Chile', 'Peru']) {
      const body = { ContactID: String(ID), Data: [{ Name: 'country', Value }] };
      expect((await post('contactdata', body)).status).toBe(201);
      expect(rowOf(await get(`contactdata/${ID}`)).Data).toEqual([{ Name: 'country', Value }]);
    }
  });

  it('are listed, only those that Fields names (documented)', async () => {
    const { get, put } = await openAccount();
    await put(path, {
      Data: [
        { Name: 'country', Value: 'Chile' },
        { Name: 'age', Value: 42 },
      ],
    });
    expect(rowOf(await get('contactdata')).Data).toHaveLength(2);
    expect(rowOf(await get('contactdata?Fields=Age')).Data).toEqual([{ Name: 'age', Value: '42' }]);
  });

  it('may have hostile names', async () => {
    const { post, put } = await openAccount();
    const names = ['__proto__', 'constructor', '2021', '1', 'a/b'];
    for (const Name of names) await post('contactmetadata', { Name });
    const Data = names.map((Name) => ({ Name, Value: `value of ${Name}` }));
    expect(rowOf(await put(path, { Data })).Data).toEqual(Data);
    expect(await shown()).toEqual(Data);
  });
});
