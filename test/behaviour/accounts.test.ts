import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock | undefined;
afterEach(async () => {
  await mock?.close();
  mock = undefined;
});

async function start(options: Parameters<typeof startMock>[0] = {}): Promise<Mock> {
  mock = await startMock(options);
  return mock;
}

describe('A fresh account', () => {
  it('holds four properties, a list and its owner', async () => {
    const { get } = freshAccount(await start());
    const properties = rowsOf(await get('contactmetadata'));
    expect(properties.map(({ Name }) => Name)).toEqual([
      'firstname',
      'name',
      'country',
      'newsletter_sub',
    ]); // recorded
    for (const property of properties)
      expect(property).toMatchObject({ Datatype: 'str', NameSpace: 'static' });
    const lists = rowsOf(await get('contactslist'));
    expect(lists).toMatchObject([{ Name: 'MyFirstTest', IsDeleted: false, SubscriberCount: 1 }]);
    expect(lists[0]?.Address).toMatch(/^t[a-z0-9]{8}$/);
    const contacts = rowsOf(await get('contact'));
    expect(contacts).toMatchObject([
      { Email: 'owner@example.com', Name: '', LastActivityAt: '', LastUpdateAt: '' },
    ]);
    expect(contacts[0]?.CreatedAt).toBe(lists[0]?.CreatedAt);
    expect(rowsOf(await get('listrecipient'))).toMatchObject([
      { ContactID: contacts[0]?.ID, ListID: lists[0]?.ID, IsUnsubscribed: false },
    ]);
    expect(rowsOf(await get('contactdata'))).toMatchObject([{ Data: [] }]);
    for (const jobs of ['csvimport', 'batchjob']) expect(rowsOf(await get(jobs))).toEqual([]);
  });

  it('draws IDs of each kind from a range of its own', async () => {
    const running = await start();
    const drawn = new Set<unknown>();
    for (let turn = 0; turn < 20; turn += 1) {
      const { get } = freshAccount(running);
      for (const kind of ['contact', 'contactslist', 'listrecipient', 'contactmetadata'])
        for (const { ID } of rowsOf(await get(kind))) drawn.add(`${kind} ${ID}`);
      const { ID } = rowOf(await get('contactslist'));
      for (const other of ['contact', 'listrecipient', 'contactmetadata'])
        expect((await get(`${other}/${ID}`)).status).toBe(404);
    }
    expect(drawn.size).toBeGreaterThan(100);
  });

  it('sees nothing of another', async () => {
    const running = await start();
    const [ann, bob] = [freshAccount(running), freshAccount(running)];
    const { ID } = rowOf(await ann.post('contactslist', { Name: 'Team' }));
    expect((await bob.get(`contactslist/${ID}`)).status).toBe(404);
    expect((await bob.post('contactslist', { Name: 'Team' })).status).toBe(201);
  });
});

describe('Who gets in', () => {
  it('with a configured pair, it alone', async () => {
    const { call } = await start({ apiKey: 'ann', secretKey: 'secret' });
    const status = async (user: string) => (await call('GET', '/v3/REST/contact', { user })).status;
    expect(await status('ann:secret')).toBe(200);
    for (const user of ['ann:guess', 'bob:secret', 'ANN:secret', 'ann:', ':secret'])
      expect(await status(user)).toBe(401);
  });

  it('without one, any pair, also with colons and any script', async () => {
    const { call } = await start();
    for (const user of ['a:b', 'c:d:e', 'ключ:тайна', 'a b:c d'])
      expect((await call('GET', '/v3/REST/contact', { user })).status).toBe(200);
    expect((await call('GET', '/v3/REST/contact', { user: 'c:d' })).status).toBe(401);
  });
});

describe('Key checks at the start of an application (assumed)', () => {
  it.each(['sender?Limit=1', 'myprofile', 'apikey', 'user'])('%s has one row', async (path) => {
    const { get } = freshAccount(await start());
    const answer = await get(path);
    expect([answer.status, rowsOf(answer)]).toEqual([200, [expect.any(Object)]]);
    const { ID } = rowOf(answer);
    expect((await get(`${path.split('?')[0]}/${ID}`)).body).toBe(answer.body);
  });

  it('tell of the account', async () => {
    const account = freshAccount(await start());
    const [apiKey] = account.user.split(':');
    const key = rowOf(await account.get(`apikey?APIKey=${apiKey}`));
    expect(key).toMatchObject({ APIKey: apiKey, SecretKey: 'secret', IsActive: true });
    expect((await account.get(`apikey/${apiKey}`)).status).toBe(200);
    expect(rowsOf(await account.get('apikey?IsActive=false'))).toEqual([]);
    expect(rowOf(await account.get('sender?Status=active'))).toMatchObject({ Status: 'Active' });
    expect(rowOf(await account.get('user')).ID).toBe(key.UserID);
    expect(rowOf(await account.get('myprofile')).UserID).toBe(key.UserID);
  });
});

it('a file that is broken answers 500 without a word of it, and the others go on', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-accounts-'));
  mkdirSync(join(dataDirectory, 'accounts'));
  writeFileSync(join(dataDirectory, 'accounts', 'broken.sqlite'), 'no database '.repeat(500));
  const { call } = await start({ data: dataDirectory });
  const answer = await call('GET', '/v3/REST/contact', { user: 'broken:secret' });
  expect([answer.status, answer.reason]).toEqual([
    500,
    'An Unexpected Error occurred during API request',
  ]);
  expect(answer.body).not.toContain('sqlite');
  expect((await call('GET', '/v3/REST/contact', { user: 'ann:secret' })).status).toBe(200);
  rmSync(dataDirectory, { recursive: true });
});
