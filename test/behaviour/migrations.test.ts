import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idRanges } from '../../src/accounts/id-ranges.ts';
import { rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const user = 'fixture:secret';
const versions = readdirSync(fixtures).filter((name) => name.startsWith('data-'));

it('each release has its data directory', () => {
  const changes = readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
  const released = [...changes.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(([, version]) => version);
  const lacking = released.filter((version) => !versions.includes(`data-${version}`));
  expect(lacking).toEqual([]); // npm run build && node test/fixtures/make.mjs
});

it('no two migrations begin with one number', () => {
  const names = readdirSync(join(import.meta.dirname, '../../migrations'));
  const numbers = names.map((name) => name.split('-')[0]).sort();
  const twice = numbers.filter((number, index) => number === numbers[index - 1]);
  // folders of data count the files, so these two can no longer be renamed
  expect(twice).toEqual(['0006']);
});

/** Where each table that counts by itself stands. */
function countsOf(mock: Mock): [table: string, last: number][] {
  const rows = mock.registry
    .find('fixture')
    ?.db.prepare<[], { name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence')
    .all();
  return (rows ?? []).map(({ name, seq }) => [name, seq]);
}

it('every table that counts by itself has a range', async () => {
  const mock = await startMock();
  await mock.call('GET', '/v3/REST/contact', { user });
  const tables = mock.registry
    .find('fixture')
    ?.db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'")
    .pluck()
    .all();
  expect(tables?.filter((table) => idRanges[table] === undefined)).toEqual([]); // src/accounts/id-ranges.ts
  expect(tables?.sort()).toEqual(
    countsOf(mock)
      .map(([table]) => table)
      .sort(),
  );
  await mock.close();
});

it.each(versions)('%s opens, keeps its data and goes on with its job', async (version) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-migrations-'));
  cpSync(join(fixtures, version), dataDirectory, { recursive: true });
  const mock = await startMock({ data: dataDirectory, pace: 'timed' });
  expect(await mock.registry.openAll()).toEqual([]);
  const get = async (path: string) => rowsOf(await mock.call('GET', `/v3/REST/${path}`, { user }));

  expect((await get('contactslist?Sort=ID')).map(({ Name }) => Name)).toEqual([
    'MyFirstTest',
    'Newsletter',
    'Customers',
  ]);
  const emails = (await get('contact?Sort=ID')).map(({ Email }) => Email);
  expect(emails).toEqual(expect.arrayContaining(['ann@example.com', 'carol@example.com']));
  const [ann] = await get('contactdata/ann@example.com');
  expect(ann?.Data).toEqual([{ Name: 'age', Value: '43' }]);
  expect((await get('listrecipient?ContactEmail=carol@example.com'))[0]).toMatchObject({
    IsUnsubscribed: true,
  });

  const below = countsOf(mock).filter(([table, last]) => last < (idRanges[table]?.[0] ?? 0));
  expect([countsOf(mock).length, below]).toEqual([Object.keys(idRanges).length, []]);

  const [finished, open] = await get('csvimport');
  expect(finished).toMatchObject({ Status: 'Completed', Count: 4, Errcount: 2 });
  const path = `/v3/DATA/batchjob/${finished?.ID}/CSVError/text:csv`;
  const errors = (await mock.call('GET', path, { user })).body;
  expect(errors.match(/, ###/g)).toHaveLength(2);

  await expect
    .poll(async () => (await get(`csvimport/${open?.ID}`))[0])
    .toMatchObject({ Status: 'Completed', Count: 3, Errcount: 1 });
  const [customers] = await get(`contactslist/${open?.ContactsListID}`);
  expect(customers?.SubscriberCount).toBe(2);
  await mock.close();
  rmSync(dataDirectory, { recursive: true });
});
