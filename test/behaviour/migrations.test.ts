import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rowsOf } from '../support/bulk.ts';
import { startMock } from '../support/mock.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const user = 'fixture:secret';
const versions = readdirSync(fixtures).filter((name) => name.startsWith('data-v'));

it('each schema has its data directory', () => {
  const steps = readdirSync(join(import.meta.dirname, '../../migrations'));
  expect(versions).toContain(`data-v${steps.length}`); // node test/fixtures/make.mjs
});

it.each(versions)('%s opens, keeps its data and goes on with its job', async (version) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-migrations-'));
  cpSync(join(fixtures, version), dataDirectory, { recursive: true });
  const mock = await startMock({ dataDirectory, pace: 'timed' });
  expect(mock.registry.openAll()).toEqual([]);
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
