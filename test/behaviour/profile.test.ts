import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe('myprofile', () => {
  it('PUT without an ID changes the one there is (documented), and GET shows it', async () => {
    const { get, put } = freshAccount(mock);
    const before = rowOf(await get('myprofile'));
    const changes = { Firstname: 'Ann', AddressCity: 'Galway', BirthdayAt: '1990-02-03T00:00:00Z' };
    const answer = await put('myprofile', changes);
    expect([answer.status, rowOf(answer)]).toEqual([200, { ...before, ...changes }]);
    expect(rowsOf(await get('myprofile'))).toEqual([{ ...before, ...changes }]);
    expect((await put('myprofile', changes)).status).toBe(304);
  });

  it('PUT by its ID, or of a row that was read, does the same', async () => {
    const { get, put } = freshAccount(mock);
    const row = rowOf(await get('myprofile'));
    expect((await put(`myprofile/${row.ID}`, row)).status).toBe(304);
    expect(rowOf(await put(`myprofile/${row.ID}`, { ...row, Website: 'a.b' })).Website).toBe('a.b');
    expect((await put('myprofile/1', { Website: 'c.d' })).status).toBe(404);
  });

  it.each<[object, string]>([
    [{ BirthdayAt: 'spring' }, 'Invalid json input: "spring" is not a valid date and time'],
    [{ EstimatedVolume: 'many' }, 'Invalid json input: "many" is an invalid integer'],
    [
      { BillingEmail: 'ann' },
      'Internal error: Invalid email address "ann", reason: "No @ character in mail"',
    ],
    [{ Shoes: 39 }, 'Invalid json input: object ""->"TMyProfile" has no property "Shoes"'],
  ])('refuses %j', async (body, message) => {
    const { put } = freshAccount(mock);
    const { status, reason } = await put('myprofile', body);
    expect([status, reason]).toEqual([400, message]);
  });

  it('VAT is what it is', async () => {
    const { get, put } = freshAccount(mock);
    expect((await put('myprofile', { VAT: 20 })).status).toBe(304);
    expect((await get('myprofile')).body).toContain('"VAT" : 0,');
  });

  it.each(['POST', 'DELETE'])('%s is not offered', async (method) => {
    const { call } = freshAccount(mock);
    expect((await call(method, 'myprofile', { body: {} })).status).toBe(401);
  });
});

describe('user', () => {
  it.each(['user', 'user/{ID}', 'user/owner@example.com'])('PUT %s changes it', async (path) => {
    const { get, put } = freshAccount(mock);
    const before = rowOf(await get('user'));
    const changes = { Locale: 'fr_FR', Timezone: 'Europe/Dublin' };
    const answer = await put(path.replace('{ID}', String(before.ID)), changes);
    expect([answer.status, rowOf(answer)]).toEqual([200, { ...before, ...changes }]);
    expect(rowOf(await get('user'))).toEqual({ ...before, ...changes });
  });

  it('a read-only property is left alone, a name is needed', async () => {
    const { get, put } = freshAccount(mock);
    const { ID } = rowOf(await get('user'));
    expect((await put(`user/${ID}`, { LastIp: '192.0.2.1', MaxAllowedAPIKeys: 99 })).status).toBe(
      304,
    );
    expect((await put(`user/${ID}`, { Username: '' })).status).toBe(400);
  });

  it('a new address is its key from then on', async () => {
    const { get, put } = freshAccount(mock);
    await put('user/owner@example.com', { Email: 'ann@example.com' });
    expect((await get('user/owner@example.com')).status).toBe(404);
    expect(rowOf(await get('user/ANN@example.com')).Email).toBe('ann@example.com');
  });

  it('a reset gives the first one back', async () => {
    const account = freshAccount(mock);
    const before = rowOf(await account.get('user')).Email;
    await account.put('user', { Email: 'ann@example.com' });
    await account.call('POST', '/_mockjet/reset');
    expect(rowOf(await account.get('user')).Email).toBe(before);
  });
});

describe('preferences', () => {
  it.each(['', '?Key=theme', '?ShowAllUsers=true', '?User=1', '?Sort=ID'])(
    'there are none %s',
    async (query) => {
      const { get } = freshAccount(mock);
      expect((await get(`preferences${query}`)).body).toBe(
        '{ "Count" : 0, "Data" : [], "Total" : 0 }',
      );
    },
  );

  it('one that is asked for is not there, and none can be made', async () => {
    const { get, post } = freshAccount(mock);
    expect((await get('preferences/theme')).status).toBe(404);
    expect((await post('preferences', { Key: 'theme', Value: 'dark' })).status).toBe(401);
  });
});
