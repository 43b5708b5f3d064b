import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk, idOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { stepping } from '../support/stepping.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-interrupted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const size = 6000;
// every way in which a line can be remembered: fine, duplicate of one just or long before, short, over two lines, badly quoted
const csv = `email,age,nickname\n${Array.from({ length: size }, (_, n) =>
  n % 50 === 7
    ? `Person${(n - 7) % 3000}@example.com,1,again\n`
    : n % 50 === 9
      ? `person${n}@example.com\n`
      : n % 50 === 11
        ? `person${n}@example.com,${n},"two\nlines"\n`
        : n % 50 === 13
          ? `person${n}@example.com,${n},"open\n`
          : `person${n}@example.com,${n},p${n}\n`,
).join('')}`;
const contacts = Array.from({ length: size }, (_, n) => ({
  Email: n % 50 === 7 ? `person${n}` : `person${n % 5000}@example.com`,
  Name: `Person ${n}`,
  Properties: { country: `c${n}` },
}));

const kinds = {
  csvimport: (here: Bulk, list: number) => here.import(csv, { list }),
  async managemanycontacts(here: Bulk, list: number) {
    const body = { Action: 'addforce', Contacts: contacts };
    const path = `/v3/REST/contactslist/${list}/managemanycontacts`;
    return idOf(await here.call('POST', path, { body }), 'JobID');
  },
  async importlist(here: Bulk, list: number) {
    const source = await here.list('Source');
    here.pace('instant');
    await here.import(csv, { list: source });
    here.pace('held');
    const path = `/v3/REST/contactslist/${list}/importlist`;
    const body = { Action: 'addforce', ListID: source };
    return idOf(await here.call('POST', path, { body }), 'JobID');
  },
};
const names = Object.keys(kinds) as (keyof typeof kinds)[]; // Object.keys loses the names

/** All that a job leaves behind, but for IDs and times. */
async function outcome(here: Bulk, job: number) {
  const rows = (sql: string) => here.account.sql(sql).all();
  const { Status, Count, Current, Errcount } = await here.get(`batchjob/${job}`);
  const read = async (path: string) => {
    const { status, bytes } = await here.download(`batchjob/${job}/${path}`);
    return status === 200 ? bytes.toString() : '';
  };
  return {
    counts: [Status, Count, Current, Errcount],
    errors: (await read('CSVError/text:csv')) + (await read('JSONError/application:json')),
    properties: rows('SELECT Name, Datatype FROM contactmetadata ORDER BY ID'),
    contacts: rows(
      `SELECT Email, Name, (SELECT json_group_array(m.Name || '=' || v.value ORDER BY m.ID)
         FROM json_each(contact.properties) AS v JOIN contactmetadata AS m ON m.ID = v.key) AS data
       FROM contact ORDER BY ID`,
    ),
    subscriptions: rows(
      `SELECT l.Name, c.Email, r.IsUnsubscribed FROM listrecipient AS r
       JOIN contact AS c ON c.ID = r.ContactID JOIN contactslist AS l ON l.ID = r.ListID ORDER BY r.ID`,
    ),
    subscribers: rows('SELECT Name, SubscriberCount FROM contactslist ORDER BY ID'),
    files: rows('SELECT owner, kind, size, isComplete FROM data ORDER BY ID'),
  };
}

/** Its runs are smaller than the file: after a stop what the runs before it read is needed again. */
const start = (dataDirectory: string | undefined) =>
  startMock({ pace: 'held', data: dataDirectory, runRecords: size / 4 });

/** Steps a job to its end, wherever it stands. */
async function finish(mock: Mock, name: string, job: number) {
  const here = bulk(mock, name);
  for (let n = 0; n < 6; n += 1) await here.step(job);
  return outcome(here, job);
}

describe.each(names)('%s', (kind) => {
  const undisturbed = async () => {
    const mock = await start(undefined);
    const here = bulk(mock, kind);
    here.pace('held');
    const job = await kinds[kind](here, await here.list('Newsletter'));
    const result = await finish(mock, kind, job);
    await mock.close();
    return result;
  };
  let expected: Awaited<ReturnType<typeof undisturbed>>;
  beforeAll(async () => {
    expected = await undisturbed();
    expect(expected.counts[0]).toBe('Completed');
    expect(expected.subscriptions.length).toBeGreaterThan(4000);
  });

  it.each([0, 1, 2, 3])('goes on after a stop in its state number %i', async (steps) => {
    const dataDirectory = join(folder, `${kind}-${steps}`);
    const mock = await start(dataDirectory);
    const here = bulk(mock, kind);
    const job = await kinds[kind](here, await here.list('Newsletter'));
    for (let n = 0; n < steps; n += 1) await here.step(job);
    await mock.close();

    const again = await start(dataDirectory);
    expect(await finish(again, kind, job)).toEqual(expected);
    await again.close();
  });

  it('goes on after stops all through its work', async () => {
    const dataDirectory = join(folder, `${kind}-often`);
    let mock = await start(dataDirectory);
    let here = bulk(mock, kind);
    const job = await kinds[kind](here, await here.list('Newsletter'));
    let jobs = stepping(mock, here.account, 5);
    const standing = () =>
      here.account.sql('SELECT Status, isWorked, Current / 500 FROM job WHERE ID = ?').get(job);
    let stops = 0;
    while (jobs.untilChange(job, standing)) {
      // some stops right after the change, some with work begun that nothing was stored of
      for (let n = 0; n < stops % 3; n += 1) jobs.slice(job);
      await mock.close();
      stops += 1;
      mock = await start(dataDirectory);
      here = bulk(mock, kind);
      jobs = stepping(mock, here.account, 5);
    }
    expect(stops).toBeGreaterThan(8);
    expect(await outcome(here, job)).toEqual(expected);
    await mock.close();
  });
});

it('managemanycontacts goes on with the properties that it began with', async () => {
  const dataDirectory = join(folder, 'properties');
  const mock = await start(dataDirectory);
  const here = bulk(mock, 'properties');
  const jobs = stepping(mock, here.account, 100);
  const job = await kinds.managemanycontacts(here, await here.list('Newsletter'));
  jobs.untilChange(job, () => here.account.sql('SELECT Count FROM job').get());
  expect(await here.get(`batchjob/${job}`)).toMatchObject({ Status: 'Importing', Count: 5000 });
  await mock.close();

  const again = await start(dataDirectory);
  const { account } = bulk(again, 'properties');
  account.sql("DELETE FROM contactmetadata WHERE Name = 'country'").run();
  const { counts } = await finish(again, 'properties', job);
  expect(counts).toEqual(['Completed', size - size / 50, size, size / 50]);
  await again.close();
});

it('a slice that cannot be stored fails the job and leaves what was stored before', async () => {
  const mock = await start(undefined);
  const here = bulk(mock, 'broken');
  const list = await here.list('Newsletter');
  const job = await here.import(csv, { list });
  await here.step(job);
  here.account.db.exec(
    `CREATE TRIGGER full BEFORE INSERT ON contact WHEN new.Email = 'person5000@example.com'
     BEGIN SELECT RAISE(FAIL, 'disk full'); END`,
  );
  await here.step(job);
  const row = await here.get(`csvimport/${job}`);
  expect(row).toMatchObject({ Status: 'Error', Count: 6000 });
  const members = Number((await here.get(`contactslist/${list}`)).SubscriberCount);
  expect(members).toBe(Number(row.Current) - Number(row.Errcount));
  expect(members).toBeLessThan(5000);
  const lines = (await here.errorFile(job)).trimEnd().split('\n').slice(1);
  expect(lines.pop()).toBe(', ###An Unexpected Error occurred during the job');
  expect(lines).toHaveLength(Number(row.Errcount));
  await mock.close();
});

it('a database that takes no write at all leaves the server and the job alive', async () => {
  const mock = await start(undefined);
  const here = bulk(mock, 'read only');
  const job = await here.import(csv, { list: await here.list('Newsletter') });
  here.account.db.pragma('query_only = ON');
  await here.step(job);
  expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: 'Upload' });
  here.account.db.pragma('query_only = OFF');
  for (let n = 0; n < 3; n += 1) await here.step(job);
  expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: 'Completed', Current: 6000 });
  await mock.close();
});
