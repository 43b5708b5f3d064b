import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bulk, bulk, idOf, rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let here: Bulk;
let list: number;
const jobs: Record<string, number> = {};
const noon = Date.UTC(2021, 7, 31, 12);

// three jobs an hour apart: an import that ended, a batch that ended, an import that waits
beforeAll(async () => {
  mock = await startMock();
  here = bulk(mock, 'overview');
  list = idOf(await here.call('GET', '/v3/REST/contactslist'));
  const { clock } = here.account;
  clock.freeze(noon);
  jobs.csv = await here.import('email\nann.lee@example.com\nbob\n', { list });
  clock.advance(3_600_000);
  const batch = await here.call('POST', '/v3/REST/contact/managemanycontacts', {
    body: { Contacts: [{ Email: 'cleo@example.com' }] },
  });
  jobs.batch = idOf(batch, 'JobID');
  clock.advance(3_600_000);
  here.pace('held');
  jobs.waiting = await here.import('email\ndora@example.com\n', { list, method: 'unsub' });
});
afterAll(() => mock.close());

it('shows an import with Unix times, in the recorded order of keys', async () => {
  const { body } = await here.call('GET', `/v3/REST/batchjob/${jobs.csv}`);
  const [row] = JSON.parse(body).Data;
  expect(Object.keys(row)).toEqual(
    'AliveAt APIKeyID Blocksize Count Current DataID Errcount ErrTreshold ID JobEnd JobStart JobType Method RefId RequestAt Status Throttle'.split(
      ' ',
    ),
  );
  expect(row).toEqual({
    AliveAt: noon / 1000,
    APIKeyID: expect.any(Number),
    Blocksize: 0,
    Count: 2,
    Current: 2,
    DataID: expect.any(Number),
    Errcount: 1,
    ErrTreshold: 0,
    ID: jobs.csv,
    JobEnd: noon / 1000,
    JobStart: noon / 1000,
    JobType: 'Contact list import csv',
    Method: 'addnoforce',
    RefId: list,
    RequestAt: noon / 1000,
    Status: 'Completed',
    Throttle: 0,
  });
});

it('shows a job that waits with times of 0', async () => {
  expect(await here.get(`batchjob/${jobs.waiting}`)).toMatchObject({
    AliveAt: 0,
    JobStart: 0,
    JobEnd: 0,
    RequestAt: noon / 1000 + 7200,
    Status: 'Upload',
  });
});

it.each([
  ['Status=completed', ['csv', 'batch']],
  ['Status=Upload', ['waiting']],
  ['JobType=Contact%20list%20import%20csv', ['csv', 'waiting']],
  ['JobType=Contact+list+import+free+format', ['batch']],
  ['Method=unsub', ['waiting']],
  ['MinRequestAt=2021-08-31T13:00:00Z', ['batch', 'waiting']],
  ['MaxRequestAt=2021-08-31T13:00:00Z', ['csv', 'batch']],
  ['MinJobStart=2021-08-31T12:30:00Z', ['batch']],
  ['MaxJobStart=2021-08-31T12:30:00Z', ['csv']],
  ['MinJobEnd=2021-08-31T12:30:00Z', ['batch']],
  ['MaxJobEnd=2021-08-31T13:30:00Z', ['csv', 'batch']],
  ['Sort=ID', ['csv', 'batch', 'waiting']],
  ['Sort=ID+DESC', ['waiting', 'batch', 'csv']],
  ['Sort=ID%20DESC&Limit=1', ['waiting']],
])('GET batchjob?%s', async (query, names) => {
  const rows = rowsOf(await here.call('GET', `/v3/REST/batchjob?${query}`));
  expect(rows.map((row) => row.ID)).toEqual(names.map((name) => jobs[name]));
});

it('filters by list, upload and key', async () => {
  const { DataID, APIKeyID } = await here.get(`batchjob/${jobs.csv}`);
  for (const [query, ids] of [
    [`RefID=${list}`, [jobs.csv, jobs.waiting]],
    [`Data=${DataID}`, [jobs.csv]],
    [`APIKey=${APIKeyID}`, [jobs.csv, jobs.batch, jobs.waiting]],
    ['APIKey=4', []],
  ] as const) {
    const rows = rowsOf(await here.call('GET', `/v3/REST/batchjob?${query}`));
    expect(rows.map((row) => row.ID)).toEqual(ids);
  }
});

it('lists imports as csvimport does', async () => {
  const answer = await here.call('GET', '/v3/REST/csvimport');
  expect(rowsOf(answer).map((row) => [row.ID, row.Status, row.RequestAt])).toEqual([
    [jobs.csv, 'Completed', '2021-08-31T12:00:00Z'],
    [jobs.waiting, 'Upload', '2021-08-31T14:00:00Z'],
  ]);
});

it('reported: POST batchjob starts a CSV import', async () => {
  const own = bulk(mock, 'started-by-batchjob');
  const RefId = await own.list('Newsletter');
  const DataID = await own.upload(RefId, 'email\nann.lee@example.com\n');
  const JobType = 'Contact list import csv';
  const body = { JobType, DataID, RefId, Method: 'addnoforce', Status: 'upload' };
  const answer = await own.call('POST', '/v3/REST/batchjob', { body });
  expect(answer.status).toBe(201);
  expect(rowsOf(answer)[0]).toMatchObject({ ...body, Status: 'Upload', Count: 0, JobStart: 0 });
  expect(await own.get(`csvimport/${idOf(answer)}`)).toMatchObject({
    Status: 'Completed',
    ContactsListID: RefId,
    Count: 1,
  });
  expect(await own.members(RefId)).toEqual(['ann.lee@example.com']);
});

it.each([
  ['the method Unknown', { Method: 'Unknown' }, 'Error', ', ###The import has no method'],
  ['no method', { Method: undefined }, 'Error', ', ###The import has no method'],
  ['the status abort', { Status: 'abort' }, 'Abort', undefined],
  ['the status Allocated', { Status: 'Allocated' }, 'Completed', undefined],
  ['a RequestAt that is past', { RequestAt: 1 }, 'Completed', undefined],
])('reported: POST batchjob takes %s', async (name, change, status, reason) => {
  const own = bulk(mock, `taken by batchjob ${name}`);
  const RefId = await own.list('Newsletter');
  const DataID = await own.upload(RefId, 'email\nann.lee@example.com\n');
  const body = { JobType: 'Contact list import csv', DataID, RefId, Method: 'unsub', ...change };
  const answer = await own.call('POST', '/v3/REST/batchjob', { body });
  expect(answer.status).toBe(201);
  const job = idOf(answer);
  expect(await own.get(`batchjob/${job}`)).toMatchObject({ Status: status });
  expect(await own.members(RefId)).toEqual(status === 'Completed' ? ['!ann.lee@example.com'] : []);
  expect((await own.errorFile(job)).split('\n')[1]).toBe(reason);
});

it.each([
  ['an unknown method', { Method: 'addgently' }, 400],
  ['a status that no POST can set', { Status: 'Completed' }, 400],
  ['a time to start that is still to come', { RequestAt: 4_000_000_000 }, 501],
  ['no upload', { DataID: 4 }, 400],
  ['no list', { RefId: 4 }, 400],
  ['a type that belongs to what is not built', { JobType: 'Send newsletter' }, 501],
])('POST batchjob with %s is refused', async (_name, change, status) => {
  const own = bulk(mock, 'refused-by-batchjob');
  const RefId = idOf(await own.call('GET', '/v3/REST/contactslist'));
  const DataID = await own.upload(RefId, 'email\nann.lee@example.com\n');
  const body = { JobType: 'Contact list import csv', DataID, RefId, Method: 'unsub', ...change };
  expect((await own.call('POST', '/v3/REST/batchjob', { body })).status).toBe(status);
  expect(rowsOf(await own.call('GET', '/v3/REST/batchjob'))).toEqual([]);
});
