import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { newAccount, type TestAccount } from '../support/account.ts';
import { altered } from '../support/foreign-schema.ts';
import { type Mock, startMock } from '../support/mock.ts';

const root = mkdtempSync(join(tmpdir(), 'mockjet-contents-'));
let mock: Mock | undefined;
afterEach(() => mock?.close());
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));

async function start(options: Parameters<typeof startMock>[0] = {}): Promise<Mock> {
  await mock?.close();
  mock = await startMock(options);
  return mock;
}

const sqlite = { 'Content-Type': 'application/vnd.sqlite3' };
const upload = (account: TestAccount, body: Buffer, name = 'theirs') =>
  account.try('PUT', `/snapshots/${name}`, { body, headers: sqlite });

/** The bytes of a snapshot as they are sent. */
async function download({ url }: Mock, { user }: TestAccount, name: string): Promise<Buffer> {
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  const answer = await fetch(`${url}/_mockjet/snapshots/${name}`, { headers: { authorization } });
  return Buffer.from(await answer.arrayBuffer());
}

describe.each([
  ['in memory', () => undefined],
  ['with a data directory', newFolder],
])('no snapshot %s holds a secret', (_where, folder) => {
  const secret = 'a-secret-that-nobody-else-has-0123456789';
  const keys = { apiKey: 'shop', secretKey: secret };
  const holdsIt = (bytes: Buffer) => bytes.includes(secret) || bytes.includes('first-secret');

  it('however the account came to where it is', async () => {
    const dataDirectory = folder();
    const shared = { data: dataDirectory, openAccounts: 1 };
    if (dataDirectory !== undefined) await start({ ...shared, ...keys, secretKey: 'first-secret' });
    const here = await start({ ...shared, ...keys });
    const shop = newAccount(here, `shop:${secret}`);
    const found: string[] = [];
    const save = async (name: string) => {
      await shop.control('POST', '/snapshots', { name });
      if (holdsIt(await download(here, shop, name))) found.push(name);
    };
    await save('fresh');
    for (let i = 0; i < 30; i += 1)
      await shop.call('POST', '/v3/REST/contactslist', { Name: `List ${i}` });
    await save('used');
    await here.call('POST', '/_mockjet/accounts', { user: '', body: {} }); // puts it away
    await save('woken');
    await shop.control('POST', '/snapshots/used/restore');
    await save('restored');
    await shop.control('POST', '/reset');
    await save('reset');
    const [key] = JSON.parse((await shop.call('GET', '/v3/REST/apikey')).body).Data;
    expect(key.SecretKey).toBe(secret);
    const bytes = await download(here, shop, 'used');
    const withSecret = altered(bytes, `UPDATE account SET SecretKey = '${secret}'`);
    expect(holdsIt(withSecret)).toBe(true);
    expect((await upload(shop, withSecret)).status).toBe(201);
    if (holdsIt(await download(here, shop, 'theirs'))) found.push('uploaded');
    expect(found).toEqual([]);
    if (dataDirectory === undefined) return;
    const snapshots = join(dataDirectory, 'snapshots', 'shop');
    for (const file of readdirSync(snapshots))
      expect([file, holdsIt(readFileSync(join(snapshots, file)))]).toEqual([file, false]);
  });
});

it('snapshots on disk are nobody else’s to read, and none is left half written', async () => {
  const dataDirectory = newFolder();
  const here = await start({ data: dataDirectory });
  const account = newAccount(here, 'anna:secret');
  await account.control('POST', '/snapshots', { name: 'kept' });
  const folder = join(dataDirectory, 'snapshots');
  const modes = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((name) =>
    (statSync(join(folder, name)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['700', '700', '600']);
  writeFileSync(join(folder, 'anna', 'cut.sqlite.new'), 'half');
  await account.control('GET', '/snapshots');
  expect(readdirSync(join(folder, 'anna'))).toEqual(['kept.sqlite']);
});

it('snapshots in memory are bounded, of all accounts together', async () => {
  const { size } = await newAccount(await start()).control('POST', '/snapshots', { name: 'a' });
  const here = await start({ snapshotBytes: 2.5 * size });
  const [anna, ben] = [newAccount(here), newAccount(here)];
  const save = async (account: TestAccount, name: string) =>
    (await account.try('POST', '/snapshots', { body: { name } })).status;
  expect([await save(anna, 'a'), await save(ben, 'a'), await save(ben, 'b')]).toEqual([
    201, 201, 413,
  ]);
  expect(await save(ben, 'a')).toBe(201); // in the place of the one that is there
  const refused = await upload(anna, await download(here, anna, 'a'));
  expect([refused.status, refused.body]).toEqual([
    413,
    expect.stringContaining('--snapshot-bytes'),
  ]);
  await anna.control('DELETE', '/snapshots/a');
  expect(await save(ben, 'b')).toBe(201);
});

it('a snapshot in the place of an account’s file takes the secret of its first use', async () => {
  const dataDirectory = newFolder();
  const anna = newAccount(await start({ data: dataDirectory }), 'anna:secret');
  await anna.call('POST', '/v3/REST/contact', { Email: 'carol@example.com' });
  await anna.control('POST', '/snapshots', { name: 'kept' });
  await mock?.close();
  const file = join(dataDirectory, 'accounts', 'anna.sqlite');
  copyFileSync(join(dataDirectory, 'snapshots', 'anna', 'kept.sqlite'), file);
  const get = async (user: string, path = '/v3/REST/contact/carol@example.com') =>
    (await (mock as Mock).call('GET', path, { user })).status; // started in the lines around
  await start({ data: dataDirectory });
  expect([await get('anna:new'), await get('anna:secret'), await get('anna:new')]).toEqual([
    200, 401, 200,
  ]);
  await start({ data: dataDirectory });
  expect([await get('anna:secret'), await get('anna:new')]).toEqual([401, 200]);
});

const odd: [what: string, sql: string][] = [
  ['a name of a megabyte', "UPDATE account SET Name = printf('%1000000c', 'x')"],
  ['a source of IDs of a megabyte', "UPDATE account SET randomSeed = printf('%1000000c', 'x')"],
  ['a turn below zero', 'UPDATE account SET randomTurn = -1'],
  ['a turn that can’t be counted on', 'UPDATE account SET randomTurn = 9223372036854775807'],
];
it.each(odd)('%s is refused', async (_what, sql) => {
  const here = await start();
  const account = newAccount(here);
  await account.control('POST', '/snapshots', { name: 'own' });
  const answer = await upload(account, altered(await download(here, account, 'own'), sql));
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('odd')]);
});

describe('whatever stands in the rows of a file, no answer is a 500', () => {
  const values = [
    "'broken'",
    "''",
    "'[[['",
    "'null'",
    "'[1]'",
    `'{"1":{}}'`,
    "'9999-99-99T99:99:99Z'",
    "printf('%300000c', '[')",
    '-5',
    '9223372036854775807',
  ];
  const calls: [method: string, path: string, body?: unknown][] = [
    ['GET', '/v3/REST/contact'],
    ['GET', '/v3/REST/contact/carol@example.com'],
    ['GET', '/v3/REST/contactdata'],
    ['GET', '/v3/REST/contactdata/carol@example.com'],
    ['PUT', '/v3/REST/contactdata/carol@example.com', { Data: [{ Name: 'age', Value: 8 }] }],
    ['GET', '/v3/REST/contactslist'],
    ['GET', '/v3/REST/listrecipient'],
    ['GET', '/v3/REST/contactmetadata'],
    ['GET', '/v3/REST/csvimport'],
    ['GET', '/v3/REST/batchjob'],
    ['GET', '/v3/REST/apikey'],
    ['GET', '/v3/REST/myprofile'],
    ['GET', '/v3/REST/user'],
    ['GET', '/v3/REST/sender'],
    ['GET', '/_mockjet/jobs'],
    ['GET', '/_mockjet/account'],
    ['GET', '/_mockjet/accounts'],
    ['POST', '/_mockjet/snapshots', { name: 'x' }],
  ];

  it.each([
    'account',
    'contact',
    'contactmetadata',
    'contactslist',
    'data',
    'job',
    'listrecipient',
  ])('of %s', async (table) => {
    const here = await start();
    const carol = newAccount(here, 'carol:secret');
    await carol.call('POST', '/v3/REST/contactmetadata', { Name: 'age', Datatype: 'int' });
    await carol.control('POST', '/seed', {
      contacts: [{ email: 'carol@example.com', properties: { age: 7 } }],
    });
    await carol.call('POST', '/v3/REST/contact/managemanycontacts', {
      Contacts: [{ Email: 'dora@example.com' }, { Email: 'none' }],
    });
    await carol.control('POST', '/snapshots', { name: 'sound' });
    const bad: unknown[] = [];
    for (const value of values) {
      await carol.control('POST', '/snapshots/sound/restore');
      const { db } = here.registry.find('carol') ?? {};
      if (db !== undefined) fill(db, table, value);
      for (const [method, path, body] of calls) {
        const { status } = await carol.call(method, path, body);
        if (status >= 500) bad.push([value, method, path, status]);
      }
    }
    expect(bad).toEqual([]);
  });
});

/** Puts a value into every column of a table that can hold it. */
function fill(db: Sqlite.Database, table: string, value: string): void {
  db.pragma('foreign_keys = OFF');
  for (const { name } of db.pragma(`table_info(${table})`) as { name: string }[]) {
    if (['APIKey', 'SecretKey'].includes(name)) continue;
    try {
      db.exec(
        `UPDATE ${table} SET ${name} = ${value} WHERE rowid = (SELECT max(rowid) FROM ${table})`,
      );
    } catch {
      // of another type, or unique
    }
  }
}

it.each([
  ['randomTurn', '9223372036854775807'],
  ['randomTurn', '-1'],
  ['randomSeed', "printf('%300000c', 'x')"],
  ['Name', "printf('%300000c', 'x')"],
])('an account whose %s was set to %s in its file is opened', async (column, value) => {
  const dataDirectory = newFolder();
  await newAccount(await start({ data: dataDirectory }), 'carol:secret').call(
    'GET',
    '/v3/REST/contact',
  );
  await mock?.close();
  const db = new Sqlite(join(dataDirectory, 'accounts', 'carol.sqlite'));
  db.exec(`UPDATE account SET ${column} = ${value}`);
  db.close();
  const here = await start({ data: dataDirectory });
  const carol = newAccount(here, 'carol:secret');
  const made = await carol.call('POST', '/v3/REST/contactslist', { Name: 'Readers' });
  expect(made.status).toBe(201);
  const { accounts } = await carol.control('GET', '/accounts');
  expect(accounts[0].name.length).toBeLessThanOrEqual(200);
});
