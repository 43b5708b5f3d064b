import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-snapshots-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const addContact = (account: TestAccount, Email: string) =>
  account.call('POST', '/v3/REST/contact', { Email });
const has = async (account: TestAccount, email: string) =>
  (await account.call('GET', `/v3/REST/contact/${email}`)).status === 200;
const download = async (mock: Mock, { user }: TestAccount, name: string) => {
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  const url = `${mock.url}/_mockjet/snapshots/${encodeURIComponent(name)}`;
  const answer = await fetch(url, { headers: { authorization } });
  expect(answer.headers.get('content-type')).toBe('application/vnd.sqlite3');
  return Buffer.from(await answer.arrayBuffer());
};
const upload = (account: TestAccount, name: string, body: unknown) =>
  account.try('PUT', `/snapshots/${name}`, {
    body,
    headers: { 'Content-Type': 'application/vnd.sqlite3' },
  });

/** A way to spoil a snapshot, and words of the sentence that refuses it. */
type Spoilt = [what: string, spoil: (bytes: Buffer) => unknown, words: string];
const spoilt: Spoilt[] = [
  ['no SQLite', () => Buffer.from('not a database at all'), 'no SQLite'],
  ['nothing', () => undefined, 'Send the bytes'],
  ['half a database', (bytes) => bytes.subarray(0, bytes.length / 2), ''],
  ['a page overwritten', (bytes) => scribble(bytes), ''],
  ['another database', () => database('CREATE TABLE a (b)'), 'no account of Mockjet'],
  ['a newer version', (bytes) => altered(bytes, 'PRAGMA user_version = 99'), 'version 99'],
  ['no owner', (bytes) => altered(bytes, 'DELETE FROM account'), 'has no owner'],
  [
    'a trigger of its own',
    (bytes) =>
      altered(bytes, 'CREATE TRIGGER t AFTER INSERT ON contact BEGIN DELETE FROM job; END'),
    'trigger t is not ours',
  ],
  ['a missing table', (bytes) => altered(bytes, 'DROP VIEW subscription'), 'subscription'],
  [
    'a subscription to nothing',
    (bytes) => altered(bytes, "INSERT INTO listrecipient VALUES (1, 2, 3, 1, 0, '', '')"),
    'refers to nothing',
  ],
];

describe.each([
  ['in memory', () => undefined],
  ['with a data directory', newFolder],
])('snapshots %s', (_where, folder) => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ data: folder() });
  });
  afterAll(() => mock.close());

  it('bring the account back to what it was, identifiers to come included', async () => {
    const account = newAccount(mock);
    await addContact(account, 'ann@example.com');
    await account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
    const saved = await account.control('POST', '/snapshots', { name: 'before' });
    expect(saved).toMatchObject({ name: 'before', at: '2026-03-01T09:00:00.000Z', contacts: 2 });
    const change = async () => {
      await addContact(account, 'bob@example.com');
      return (await account.call('POST', '/v3/REST/contactslist', { Name: 'Readers' })).body;
    };
    const first = await change();
    expect((await account.try('POST', '/snapshots/before/restore')).status).toBe(204);
    expect(await change()).toBe(first);
    await account.control('POST', '/snapshots/before/restore');
    expect([await has(account, 'ann@example.com'), await has(account, 'bob@example.com')]).toEqual([
      true,
      false,
    ]);
  });

  it('are listed with size and contacts, replaced by name, and removed', async () => {
    const account = newAccount(mock);
    const list = async () => (await account.control('GET', '/snapshots')).snapshots;
    expect(await list()).toEqual([]);
    const b = await account.control('POST', '/snapshots', { name: 'b' });
    await account.control('POST', '/snapshots', { name: 'a' });
    await addContact(account, 'ann@example.com');
    const a = await account.control('POST', '/snapshots', { name: 'a' });
    expect(a.contacts).toBe(b.contacts + 1);
    expect(await list()).toEqual([a, b]);
    expect((await account.try('DELETE', '/snapshots/a')).status).toBe(204);
    expect(await list()).toEqual([b]);
    expect(await newAccount(mock).control('GET', '/snapshots')).toEqual({ snapshots: [] });
  });

  it.each([
    '../../escape',
    'UPPER and lower',
    'upper AND LOWER',
    'a/b\\c:d*?"<>|',
    '...',
    '.hidden',
    'été 🎉',
    '%2e%2e',
  ])('may be named %s', async (name) => {
    const account = newAccount(mock, 'Odd/../key with spaces:secret');
    await account.control('POST', '/snapshots', { name });
    const names = (await account.control('GET', '/snapshots')).snapshots.map(
      (snapshot: { name: string }) => snapshot.name,
    );
    expect(names).toContain(name);
    const path = `/snapshots/${encodeURIComponent(name)}`;
    expect((await account.try('POST', `${path}/restore`)).status).toBe(204);
  });

  it('go from one account to another, and open in any SQLite client', async () => {
    const [ann, bob] = [newAccount(mock), newAccount(mock)];
    await addContact(ann, 'moved@example.com');
    await ann.control('POST', '/snapshots', { name: 'mine' });
    const bytes = await download(mock, ann, 'mine');
    const path = join(newFolder(), 'account.sqlite');
    writeFileSync(path, bytes);
    const db = new Sqlite(path, { readonly: true });
    expect(db.prepare('SELECT count(*) AS n FROM contact').get()).toEqual({ n: 2 });
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    db.close();
    expect(await upload(bob, 'theirs', bytes)).toMatchObject({ status: 201 });
    await bob.control('POST', '/snapshots/theirs/restore');
    expect(await has(bob, 'moved@example.com')).toBe(true);
    // bob's keys still open bob's account
    const [key] = rows(await bob.call('GET', '/v3/REST/apikey'));
    expect(`${key.APIKey}:${key.SecretKey}`).toBe(bob.user);
  });

  it('with an open job let it go on', async () => {
    const account = newAccount(mock);
    await account.control('PUT', '/jobs/pace', { pace: 'held' });
    const id = await startImport(account, mock, 'email\nann@example.com\nbob@example.com\n');
    await account.control('POST', `/jobs/${id}/step`);
    await account.control('POST', '/snapshots', { name: 'underway' });
    const finish = async () => {
      await account.control('POST', `/jobs/${id}/step`, { states: 5 });
      return account.control('GET', `/jobs/${id}`);
    };
    const first = await finish();
    expect(first).toMatchObject({ status: 'Completed', count: 2 });
    await account.control('POST', '/snapshots/underway/restore');
    expect(await account.control('GET', `/jobs/${id}`)).toMatchObject({ status: 'Prepare' });
    expect(await has(account, 'bob@example.com')).toBe(false);
    expect(await finish()).toMatchObject({ status: 'Completed', count: 2 });
    expect(await has(account, 'bob@example.com')).toBe(true);
  });

  const account = () => newAccount(mock);
  it.each(spoilt)('refuse %s, and keep what there is', async (_what, spoil, words) => {
    const own = account();
    await own.control('POST', '/snapshots', { name: 'sound' });
    const answer = await upload(own, 'sound', spoil(await download(mock, own, 'sound')));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
    expect(JSON.parse(answer.body).error.length).toBeGreaterThan(15);
    expect((await own.try('POST', '/snapshots/sound/restore')).status).toBe(204);
  });

  it.each([
    ['POST', '/snapshots/nothing/restore'],
    ['GET', '/snapshots/nothing'],
    ['DELETE', '/snapshots/nothing'],
  ])('%s %s answers 404', async (method, path) => {
    const answer = await account().try(method, path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body).error).toContain('no snapshot "nothing"');
  });

  it.each([
    {},
    { name: '' },
    { name: '.' },
    { name: '..' },
    { name: 'é'.repeat(41) },
    { name: 'a', more: 1 },
  ])('are not saved by %j', async (body) => {
    expect((await account().try('POST', '/snapshots', { body })).status).toBe(400);
  });

  it('of 10,000 contacts are saved and restored', async () => {
    const own = account();
    const contacts = Array.from({ length: 10_000 }, (_, i) => ({
      email: `reader${i}@example.com`,
    }));
    await own.control('POST', '/seed', { contacts });
    await own.control('POST', '/snapshots', { name: 'many' });
    await own.control('POST', '/snapshots/many/restore');
    expect((await own.control('GET', '/account')).contacts).toBe(10_001);
  });
});

describe('a snapshot on disk', () => {
  let mock: Mock;
  let dataDirectory: string;
  beforeAll(async () => {
    dataDirectory = newFolder();
    mock = await startMock({ data: dataDirectory });
  });
  afterAll(() => mock.close());

  it.each([
    ...spoilt.filter(([what]) => what !== 'nothing'),
    ['nothing in it', () => Buffer.alloc(0), 'no SQLite'],
    ['its last page missing', (bytes) => bytes.subarray(0, -4096), 'bytes are missing'],
    ['its header alone', (bytes) => bytes.subarray(0, 100), 'bytes are missing'],
  ] satisfies Spoilt[])(
    'with %s is not restored, and the account stays as it is',
    async (what, spoil, words) => {
      const own = newAccount(mock, `disk${what.replaceAll(' ', '-').toLowerCase()}:secret`);
      await own.control('POST', '/snapshots', { name: 'kept' });
      const folder = join(dataDirectory, 'snapshots', own.user.split(':')[0] ?? '');
      const path = join(folder, 'kept.sqlite');
      await addContact(own, 'ann@example.com');
      writeFileSync(path, spoil(readFileSync(path)) as Buffer); // none of these gives nothing
      const answer = await own.try('POST', '/snapshots/kept/restore');
      expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(words)]);
      expect(JSON.parse(answer.body).error).toMatch(/\w+ \w+ \w+/);
      expect(await has(own, 'ann@example.com')).toBe(true);
      expect(
        (await own.call('POST', '/v3/REST/contact', { Email: 'bob@example.com' })).status,
      ).toBe(201);
      const files = readdirSync(join(dataDirectory, 'accounts'));
      expect(files.filter((name) => name.endsWith('.new'))).toEqual([]);
    },
  );
});

it('snapshots outlive the server in a data directory, and a damaged one leaves the account as it is', async () => {
  const dataDirectory = newFolder();
  const first = await startMock({ data: dataDirectory });
  const account = newAccount(first);
  await addContact(account, 'ann@example.com');
  await account.control('POST', '/snapshots', { name: 'kept' });
  const listed = await account.control('GET', '/snapshots');
  await first.close();
  const second = await startMock({ data: dataDirectory });
  const again = newAccount(second, account.user);
  expect(await again.control('GET', '/snapshots')).toEqual(listed);
  await addContact(again, 'bob@example.com');
  await again.control('POST', '/snapshots/kept/restore');
  expect(await has(again, 'bob@example.com')).toBe(false);
  const folder = join(dataDirectory, 'snapshots');
  const [file = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sqlite'),
  );
  writeFileSync(join(folder, file), 'scribbled over');
  expect((await again.try('POST', '/snapshots/kept/restore')).status).toBe(400);
  expect(await has(again, 'ann@example.com')).toBe(true);
  await second.close();
});

function database(sql: string): Buffer {
  const db = new Sqlite(':memory:');
  db.exec(sql);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

function altered(bytes: Buffer, sql: string): Buffer {
  const db = new Sqlite(bytes);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  const result = db.serialize();
  db.close();
  return result;
}

function scribble(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  const page = spoilt.readUInt16BE(16);
  for (let at = page; at < spoilt.length; at += page) spoilt.fill(0xa5, at + 8, at + 40);
  return spoilt;
}
