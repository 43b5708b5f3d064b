import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount } from '../support/account.ts';
import { altered, foreignSchemas } from '../support/foreign-schema.ts';
import { type Mock, startMock } from '../support/mock.ts';

const root = mkdtempSync(join(tmpdir(), 'mockjet-foreign-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));

/** The bytes of a sound account, as a snapshot has them. */
let sound: Buffer;
/** A data directory that no server uses, with the accounts of Anna and Ben. */
let left: string;
beforeAll(async () => {
  left = newFolder();
  const mock = await startMock({ data: left });
  const [anna, ben] = [newAccount(mock, 'anna:secret'), newAccount(mock, 'ben:secret')];
  await ben.control('POST', '/seed', { contacts: [{ email: 'carol@example.com' }] });
  await anna.control('POST', '/snapshots', { name: 'kept' });
  await mock.close();
  sound = readFileSync(join(left, 'snapshots/anna/kept.sqlite'));
});

/** Words of SQLite's or of ours for a file that is no account; what ran would say "integer overflow". */
const refusal = /no account of Mockjet|malformed|not a database/;

describe.each([
  ['in memory', () => undefined],
  ['with a data directory', newFolder],
])('an upload %s', (_where, folder) => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ data: folder() });
  });
  afterAll(() => mock.close());

  const upload = (body: Buffer) =>
    newAccount(mock).try('PUT', '/snapshots/theirs', {
      body,
      headers: { 'Content-Type': 'application/vnd.sqlite3' },
    });

  it.each(foreignSchemas)('with %s is refused, and nothing of it runs', async (_what, sql) => {
    const { status, body } = await upload(altered(sound, ...sql));
    expect([status, JSON.parse(body).error]).toEqual([400, expect.stringMatching(refusal)]);
  });

  it.each([
    ['with statistics', (bytes: Buffer) => altered(bytes, 'ANALYZE')],
    ['in UTF-16', (bytes: Buffer) => inEncoding(bytes, 'UTF-16le')],
    ['in UTF-16 the other way round', (bytes: Buffer) => inEncoding(bytes, 'UTF-16be')],
    ['with small pages', (bytes: Buffer) => paged(bytes, 512)],
    ['with large pages', (bytes: Buffer) => paged(bytes, 65_536)],
  ])('of a sound account %s is taken and restored', async (_what, make) => {
    const account = newAccount(mock);
    const answer = await account.try('PUT', '/snapshots/theirs', {
      body: make(sound),
      headers: { 'Content-Type': 'application/vnd.sqlite3' },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.any(String)]);
    await account.control('POST', '/snapshots/theirs/restore');
    const added = await account.call('POST', '/v3/REST/contact', { Email: 'dora@example.com' });
    expect(added.status).toBe(201);
  });

  it('is refused whichever of its bytes are changed, or is an account all the same', async () => {
    for (let at = 0; at < 100; at += 3) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      expect([201, 400]).toContain((await upload(bytes)).status);
    }
    for (let n = 0; n < 50; n += 1) {
      const bytes = Buffer.from(sound);
      const at = 100 + ((n * 7919) % 20_000);
      bytes.fill((n * 31) % 256, at, at + 1 + (n % 50));
      expect([201, 400]).toContain((await upload(bytes)).status);
    }
  });
});

describe('a file of the data directory', () => {
  /** Starts on a copy of what Anna and Ben left, after something was done to it. */
  async function startOn(change: (path: string) => void) {
    const dataDirectory = newFolder();
    cpSync(left, dataDirectory, { recursive: true });
    const path = join(dataDirectory, 'accounts', 'anna.sqlite');
    change(path);
    const before = contents(join(dataDirectory, 'accounts'), 'anna');
    const mock = await startMock({ data: dataDirectory });
    return { mock, path, before, dataDirectory };
  }

  const contents = (folder: string, name: string) =>
    readdirSync(folder)
      .filter((file) => file.startsWith(name) && !file.endsWith('-shm'))
      .map((file) => [file, readFileSync(join(folder, file)).toString('latin1')]);

  const refusedAlone = async ({ mock, path, before }: Awaited<ReturnType<typeof startOn>>) => {
    const failures = (await mock.registry.openAll()).map(({ message }) => message);
    expect(failures).toEqual([expect.stringMatching(refusal)]);
    expect(failures[0]).toContain(path);
    const anna = await mock.call('GET', '/v3/REST/contact', { user: 'anna:secret' });
    expect(anna.status).toBe(500);
    const ben = await mock.call('GET', '/v3/REST/contact/carol@example.com', {
      user: 'ben:secret',
    });
    expect(ben.status).toBe(200);
    await mock.close();
    expect(contents(join(path, '..'), 'anna')).toEqual(before);
  };

  it.each(foreignSchemas)(
    'with %s is named and left alone, and the others start',
    async (_what, sql) => {
      await refusedAlone(
        await startOn((path) => writeFileSync(path, altered(readFileSync(path), ...sql))),
      );
    },
  );

  it('is refused for a trigger that stands in the log beside it alone', async () => {
    await refusedAlone(
      await startOn((path) => {
        const db = new Sqlite(path);
        db.pragma('wal_autocheckpoint = 0');
        db.exec('CREATE TRIGGER evil AFTER UPDATE ON account BEGIN DELETE FROM contact; END');
        const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
        db.close();
        writeFileSync(path, file);
        writeFileSync(`${path}-wal`, log);
      }),
    );
  });

  it('that a killed server left with its log is opened, changes included', async () => {
    const { mock } = await startOn((path) => {
      const db = new Sqlite(path);
      db.pragma('wal_autocheckpoint = 0');
      db.exec("UPDATE contactslist SET Name = 'Readers'");
      const log = readFileSync(`${path}-wal`);
      const file = readFileSync(path);
      db.close();
      writeFileSync(path, file);
      writeFileSync(`${path}-wal`, log);
    });
    expect(await mock.registry.openAll()).toEqual([]);
    const lists = await mock.call('GET', '/v3/REST/contactslist', { user: 'anna:secret' });
    expect(lists.body).toContain('"Readers"');
    await mock.close();
  });

  it.each(foreignSchemas)('a snapshot with %s is listed and not restored', async (_what, sql) => {
    const { mock, dataDirectory } = await startOn(() => undefined);
    const anna = newAccount(mock, 'anna:secret');
    writeFileSync(join(dataDirectory, 'snapshots/anna/kept.sqlite'), altered(sound, ...sql));
    expect((await anna.control('GET', '/snapshots')).snapshots).toMatchObject([{ contacts: 0 }]);
    const { status, body } = await anna.try('POST', '/snapshots/kept/restore');
    expect([status, JSON.parse(body).error]).toEqual([400, expect.stringMatching(refusal)]);
    expect((await anna.call('GET', '/v3/REST/contact')).status).toBe(200);
    await mock.close();
    expect(existsSync(join(dataDirectory, 'accounts/anna.sqlite.new'))).toBe(false);
  });
});

function inEncoding(bytes: Buffer, encoding: string): Buffer {
  const path = join(root, `${encoding}.sqlite`);
  const from = join(root, `${encoding}-from.sqlite`);
  rmSync(path, { force: true });
  writeFileSync(from, bytes);
  const db = new Sqlite(path);
  db.pragma(`encoding = '${encoding}'`);
  const old = new Sqlite(from, { readonly: true });
  const objects = old
    .prepare(
      "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )
    .all() as { name: string; type: string; sql: string }[]; // the columns selected
  for (const { sql, type } of objects) if (type !== 'trigger') db.exec(sql);
  for (const { name, type } of [...objects, { name: 'sqlite_sequence', type: 'table' }]) {
    if (type !== 'table') continue;
    for (const row of old.prepare(`SELECT * FROM ${name}`).raw().all() as unknown[][])
      db.prepare(`INSERT INTO ${name} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
  }
  for (const { sql, type } of objects) if (type === 'trigger') db.exec(sql);
  db.pragma(`user_version = ${old.pragma('user_version', { simple: true })}`);
  old.close();
  db.close();
  return readFileSync(path);
}

function paged(bytes: Buffer, size: number): Buffer {
  const path = join(root, `paged-${size}.sqlite`);
  writeFileSync(path, bytes);
  const db = new Sqlite(path);
  db.pragma(`page_size = ${size}`);
  db.exec('VACUUM');
  db.close();
  return readFileSync(path);
}
