import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FreshAccount,
  freshAccount,
  type Row,
  rowOf,
  rowsOf,
} from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let master: FreshAccount;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const userOf = ({ APIKey, SecretKey }: Row) => `${APIKey}:${SecretKey}`;
const get = (on: Mock, path: string, user: string) => on.call('GET', `/v3/REST/${path}`, { user });

async function newKey(account: FreshAccount, body: object = { Name: 'Shop' }): Promise<Row> {
  return rowOf(await account.post('apikey', body));
}

describe('POST apikey', () => {
  it('makes a key, and the master lists it beside its own', async () => {
    master = freshAccount(mock);
    const own = rowOf(await master.get('apikey'));
    const answer = await master.post('apikey', { Name: 'Shop' });
    const made = rowOf(answer);
    expect([answer.status, made]).toEqual([
      201,
      {
        ...own,
        APIKey: expect.stringMatching(/^[0-9a-f]{32}$/),
        CreatedAt: made.CreatedAt,
        ID: made.ID,
        IsMaster: false,
        Name: 'Shop',
        SecretKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    expect(rowsOf(await master.get('apikey'))).toEqual([own, made]);
    expect(rowsOf(await master.get('apikey?IsMaster=false'))).toEqual([made]);
    expect(rowOf(await master.get(`apikey/${made.APIKey}`))).toEqual(made);
    expect(rowOf(await master.get(`apikey/${made.ID}`))).toEqual(made);
  });

  it('which opens an account of its own at once', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    await master.post('contactslist', { Name: 'Only the master has it' });
    const lists = rowsOf(await get(mock, 'contactslist', userOf(made)));
    expect(lists.map(({ Name }) => Name)).toEqual(['MyFirstTest']);
    const { SecretKey, ...shown } = made;
    expect(rowsOf(await get(mock, 'apikey', userOf(made)))).toEqual([
      { ...shown, SecretKey, UserID: expect.any(Number), CreatedAt: expect.any(String) },
    ]);
    expect((await get(mock, 'apikey', `${made.APIKey}:other`)).status).toBe(401);
  });

  it.each<[string, object, number]>([
    ['no name', {}, 400],
    ['an empty name', { Name: '' }, 400],
    ['an unknown property', { Name: 'Shop', Colour: 'red' }, 400],
  ])('refuses %s', async (_what, body, status) => {
    master = freshAccount(mock);
    expect((await master.post('apikey', body)).status).toBe(status);
    expect(rowsOf(await master.get('apikey'))).toHaveLength(1);
  });

  it('takes a key that is not active, which gets in once it is', async () => {
    master = freshAccount(mock);
    const made = await newKey(master, { Name: 'Later', IsActive: false });
    expect((await get(mock, 'contact', userOf(made))).status).toBe(401);
    await master.put(`apikey/${made.ID}`, { IsActive: true });
    expect((await get(mock, 'contact', userOf(made))).status).toBe(200);
  });

  it('is refused to a key that was made itself (assumed), as is PUT', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    const call = (method: string, path: string) =>
      mock.call(method, `/v3/REST/${path}`, { user: userOf(made), body: { Name: 'x' } });
    expect((await call('POST', 'apikey')).reason).toBe('Operation not allowed');
    expect((await call('PUT', `apikey/${made.ID}`)).reason).toBe('Operation not allowed');
  });
});

describe('PUT apikey', () => {
  it('renames a key, for its account too', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    const changed = rowOf(await master.put(`apikey/${made.APIKey}`, { Name: 'Bookshop' }));
    expect(changed).toEqual({ ...made, Name: 'Bookshop' });
    expect(rowOf(await get(mock, 'apikey', userOf(made))).Name).toBe('Bookshop');
    expect((await master.put(`apikey/${made.ID}`, changed)).status).toBe(304);
  });

  it("renames the master's own, which can't be switched off (assumed)", async () => {
    master = freshAccount(mock);
    const { ID } = rowOf(await master.get('apikey'));
    expect(rowOf(await master.put(`apikey/${ID}`, { Name: 'Head' })).Name).toBe('Head');
    const answer = await master.put(`apikey/${ID}`, { IsActive: false });
    expect([answer.status, answer.reason]).toEqual([401, 'Operation not allowed']);
    expect((await master.get('apikey')).status).toBe(200);
  });

  it('switches a key off, as with a wrong secret, and on again; its data stays', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    await mock.call('POST', '/v3/REST/contactslist', {
      user: userOf(made),
      body: { Name: 'Mine' },
    });
    await master.put(`apikey/${made.ID}`, { IsActive: 'false' });
    const refused = await get(mock, 'contactslist', userOf(made));
    expect([refused.status, refused.body]).toEqual([401, '']);
    await master.put(`apikey/${made.ID}`, { IsActive: true });
    expect(rowsOf(await get(mock, 'contactslist', userOf(made)))).toHaveLength(2);
  });

  it('leaves what nobody may set', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    const answer = await master.put(`apikey/${made.ID}`, {
      SecretKey: 'mine',
      Runlevel: 'Hardlock',
    });
    expect(answer.status).toBe(304);
  });
});

describe('A key that was made', () => {
  it('gets in beside a configured pair, and after a restart, active or not', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-keys-'));
    const options = { data: dataDirectory, apiKey: 'head', secretKey: 'secret' };
    let server = await startMock(options);
    const call = (method: string, path: string, body?: object) =>
      server.call(method, `/v3/REST/${path}`, { user: 'head:secret', body });
    const [on, off] = await Promise.all(
      ['On', 'Off'].map(async (Name) => rowOf(await call('POST', 'apikey', { Name }))),
    );
    if (on === undefined || off === undefined) throw new Error('two were made');
    await call('PUT', `apikey/${off.ID}`, { IsActive: false });
    const statuses = async () =>
      Promise.all([on, off].map(async (key) => (await get(server, 'contact', userOf(key))).status));
    expect(await statuses()).toEqual([200, 401]);
    await server.close();
    server = await startMock(options);
    expect(await statuses()).toEqual([200, 401]);
    expect(rowsOf(await call('GET', 'apikey'))).toHaveLength(3);
    await server.close();
    rmSync(dataDirectory, { recursive: true });
  });

  it('keeps its ID and its state when its account is reset', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    await mock.call('POST', '/_mockjet/reset', { user: userOf(made) });
    const row = rowOf(await get(mock, 'apikey', userOf(made)));
    expect([row.ID, row.IsMaster, row.Name]).toEqual([made.ID, false, 'Shop']);
  });

  it('is the same again, and new, when its master is reset and draws from a seed', async () => {
    const server = await startMock({ idSeed: 'keys' });
    const head = freshAccount(server);
    const first = await newKey(head);
    const body = { Name: 'Before the reset' };
    await server.call('POST', '/v3/REST/contactslist', { user: userOf(first), body });
    await head.call('POST', '/_mockjet/reset');
    expect(rowsOf(await head.get('apikey'))).toHaveLength(1);
    const second = await newKey(head);
    expect([second.APIKey, second.SecretKey]).toEqual([first.APIKey, first.SecretKey]);
    expect(rowsOf(await get(server, 'contactslist', userOf(second)))).toHaveLength(1);
    await server.close();
  });

  it('leaves no secret in a snapshot of its master, and is listed with it after a restore', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    const own = mock.registry.find(String(master.user.split(':')[0]));
    if (own === undefined) throw new Error('the account is not there');
    const bytes = mock.registry.copy(own);
    expect(bytes.includes(String(made.APIKey))).toBe(true);
    expect(bytes.includes(String(made.SecretKey))).toBe(false);
    mock.registry.restore(own, bytes);
    expect(rowOf(await master.get(`apikey/${made.ID}`))).toEqual(made);
    expect((await get(mock, 'contact', userOf(made))).status).toBe(200);
  });

  it('is nobody else’s to change, whatever a snapshot says', async () => {
    master = freshAccount(mock);
    const made = await newKey(master);
    const stranger = freshAccount(mock);
    await stranger.get('contact');
    mock.registry
      .find(String(stranger.user.split(':')[0]))
      ?.sql(
        "INSERT INTO subkey (ID, APIKey, CreatedAt, Name, SecretKey) VALUES (9000000, ?, '', 'Stolen', '')",
      )
      .run(made.APIKey);
    expect(rowOf(await stranger.put('apikey/9000000', { IsActive: false })).IsActive).toBe(false);
    expect((await get(mock, 'contact', userOf(made))).status).toBe(200);
  });

  it('is not made when there are as many accounts as the settings allow', async () => {
    const server = await startMock({ accounts: 1 });
    const head = freshAccount(server);
    const answer = await head.post('apikey', { Name: 'One too many' });
    expect([answer.status, answer.reason]).toEqual([403, expect.stringContaining('--accounts')]);
    expect(rowsOf(await head.get('apikey'))).toHaveLength(1);
    await server.close();
  });
});
