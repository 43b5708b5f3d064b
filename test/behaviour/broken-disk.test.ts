import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';

const lines: { level: number; msg: string; err?: { message: string } }[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });

/** What may have happened to the file of an account, and what the log says of it. */
const damages: [string, (path: string) => void, RegExp][] = [
  [
    'no database',
    (path) => writeFileSync(path, 'a letter to my aunt\n'.repeat(300)),
    /file is not a database\. Move the file out of the data directory/,
  ],
  [
    'random bytes behind a good header',
    (path) => {
      const bytes = Buffer.concat([Buffer.from('SQLite format 3\0'), randomBytes(20_000)]);
      writeFileSync(path, bytes);
    },
    /Move the file out of the data directory/,
  ],
  ['empty', (path) => writeFileSync(path, ''), /it is no account of Mockjet\. Move the file/],
  [
    'cut short',
    (path) => truncateSync(path, 10_000),
    /database disk image is malformed\. Move the file out of the data directory/,
  ],
  [
    'of a newer version',
    (path) => {
      const db = new Sqlite(path);
      db.pragma('user_version = 999');
      db.close();
    },
    /its schema has version 999 and this Mockjet knows \d+: run the Mockjet that wrote it/,
  ],
  [
    'a folder',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
    /it is no file\. Move the file out of the data directory/,
  ],
];

/** A data directory with the accounts of Anna and Ben in it, which no server uses; `path` is Anna's file. */
async function madeThenLeft() {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-broken-'));
  const before = await startMock({ data: folder });
  for (const user of ['anna:secret', 'ben:secret'])
    await before.call('GET', '/v3/REST/contact', { user });
  await before.close();
  return { folder, path: join(folder, 'accounts', 'anna.sqlite') };
}

describe.each(damages)('An account whose file is %s', (name, damage, sentence) => {
  let folder: string;
  let mock: Mock;
  let path: string;
  beforeAll(async () => {
    ({ folder, path } = await madeThenLeft());
    damage(path);
    mock = await startMock({ data: folder, logger });
  });
  beforeEach(() => void lines.splice(0));
  afterAll(async () => {
    await mock.close();
    rmSync(folder, { recursive: true });
  });

  it('is named at the start, with the remedy', async () => {
    const failures = (await mock.registry.openAll()).map(({ message }) => message);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(path);
    expect(failures[0]).toMatch(sentence);
  });

  it.each([
    [
      '/v3/REST/contact',
      /^\{ "ErrorIdentifier" : "[0-9A-F-]{36}", "ErrorInfo" : "", "ErrorMessage" : "An Unexpected Error occurred during API request", "StatusCode" : 500 \}$/,
    ],
    ['/v3/DATA/contactslist/1/CSVData/text:plain', /^\{ "ErrorIdentifier" : "[0-9A-F-]{36}", /],
    [
      '/v4/contacts/1',
      /^\{"ErrorIdentifier":"[0-9a-f-]{36}","StatusCode":500,"ErrorMessage":"Ouch! /,
    ],
    ['/_mockjet/clock', /^\{"error":"Mockjet failed; its log says why"\}$/],
  ])('answers 500 to %s in its dialect, and logs one line', async (url, body) => {
    const answer = await mock.call(url.startsWith('/v4') ? 'DELETE' : 'GET', url, {
      user: 'anna:secret',
    });
    expect(answer.status).toBe(500);
    expect(answer.body).toMatch(body);
    expect(answer.body).not.toContain(folder);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.err?.message).toContain(path);
    expect(lines[0]?.err?.message).toMatch(sentence);
  });

  it('leaves other accounts alone', async () => {
    const answer = await mock.call('POST', '/v3/REST/contact', {
      user: 'ben:secret',
      body: { Email: `carol-${name.length}@example.com` },
    });
    expect(answer.status).toBe(201);
    expect((await mock.call('GET', '/v3/REST/contact', { user: 'new:secret' })).status).toBe(200);
    expect(lines).toEqual([]);
  });
});

/** Overwrites the first page of a table; the rest of the file stays sound, so that it can be opened. */
function damageTable(path: string, table: string): void {
  const db = new Sqlite(path);
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
  const { rootpage } = row as { rootpage: number }; // the one column selected
  db.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(pageSize, 0xff), 0, pageSize, (rootpage - 1) * pageSize);
  closeSync(file);
}

describe('An account whose file is damaged where the start does not look', () => {
  let folder: string;
  let mock: Mock;
  let path: string;
  beforeAll(async () => {
    ({ folder, path } = await madeThenLeft());
    damageTable(path, 'contact');
    mock = await startMock({ data: folder, logger });
  });
  beforeEach(() => void lines.splice(0));
  afterAll(async () => {
    await mock.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['GET', '/v3/REST/contact'],
    ['GET', '/v3/REST/contact/owner@example.com'],
    ['DELETE', '/v4/contacts/1'],
    ['POST', '/v3/REST/contact'],
  ])('answers 500 to %s %s, and the log names the file and the remedy', async (method, url) => {
    expect(await mock.registry.openAll()).toEqual([]);
    const body = method === 'POST' ? { body: { Email: 'carol@example.com' } } : {};
    const answer = await mock.call(method, url, { user: 'anna:secret', ...body });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain(folder);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.err?.message).toContain(`Cannot use the account database ${path}: `);
    expect(lines[0]?.err?.message).toMatch(/malformed\. Move the file out of the data directory/);
  });

  it('goes on with what is sound, and leaves other accounts alone', async () => {
    const properties = await mock.call('GET', '/v3/REST/contactmetadata', { user: 'anna:secret' });
    expect(properties.status).toBe(200);
    const contacts = await mock.call('GET', '/v3/REST/contact', { user: 'ben:secret' });
    expect(contacts.status).toBe(200);
    expect(lines).toEqual([]);
  });
});

it('an account whose file is taken away while it is open goes on, and the server too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-broken-'));
  const mock = await startMock({ data: folder });
  await mock.call('GET', '/v3/REST/contact');
  rmSync(join(folder, 'accounts'), { recursive: true });
  expect((await mock.call('GET', '/v3/REST/contact')).status).toBe(200);
  expect((await mock.call('GET', '/v3/REST/contact', { user: 'new:secret' })).status).toBe(500);
  const ready = await mock.call('GET', '/readyz', { user: '' });
  expect([ready.status, ready.body]).toEqual([
    503,
    expect.stringContaining(`${folder} was removed`),
  ]);
  expect((await mock.call('GET', '/livez', { user: '' })).status).toBe(200);
  await mock.close();
  rmSync(folder, { recursive: true });
});

it('a file in the place of the data directory stops the start with a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-broken-'));
  const file = join(folder, 'data');
  writeFileSync(file, '');
  await expect(startMock({ data: file })).rejects.toThrow(
    `Cannot write to the data directory ${file}: `,
  );
  rmSync(folder, { recursive: true });
});

it('files never leave the data directory, whatever an account or a snapshot is called', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-broken-'));
  const dataDirectory = join(folder, 'data');
  const mock = await startMock({ data: dataDirectory });
  const names = [
    '../../evil',
    '/etc/evil',
    '..',
    '.',
    'a/b',
    'a\\b',
    'NUL',
    'x'.repeat(200),
    '%2e%2e',
    'é',
    'a\0b',
  ];
  for (const name of names) {
    const user = `${name}:secret`;
    // a key with a control character is refused
    expect([200, 401]).toContain((await mock.call('GET', '/v3/REST/contact', { user })).status);
    await mock.call('POST', '/_mockjet/snapshots', { user, body: { name } });
  }
  await mock.close();
  expect(readdirSync(folder)).toEqual(['data']);
  expect(readdirSync(dataDirectory).sort()).toEqual(['accounts', 'lock.sqlite', 'snapshots']);
  const files = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' });
  for (const file of files)
    expect(file).toMatch(
      /^(lock\.sqlite|(accounts|snapshots)(\/[~%\w-]+(\/[%\w-]+)?(\.sqlite)?)?)$/,
    );
  expect(existsSync('/etc/evil.sqlite')).toBe(false);
  rmSync(folder, { recursive: true });
});
