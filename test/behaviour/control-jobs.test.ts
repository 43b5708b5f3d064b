import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'held' });
});
afterAll(() => mock.close());

const csv = 'email\nann@example.com\nbob@example.com\n';
const importing = async (account: TestAccount) => startImport(account, mock, csv);
const statusOf = async (account: TestAccount, id: number) =>
  rows(await account.call('GET', `/v3/REST/csvimport/${id}`))[0].Status;

describe('jobs', () => {
  it('polled show each state to one GET', async () => {
    const account = newAccount(mock);
    await account.control('PUT', '/jobs/pace', { pace: 'polled' });
    const id = await importing(account);
    const seen = [];
    for (let i = 0; i < 5; i += 1) seen.push(await statusOf(account, id));
    expect(seen).toEqual(['Upload', 'Prepare', 'Importing', 'Completed', 'Completed']);
  });

  it('held move by step alone, and are listed with their timeline', async () => {
    const account = newAccount(mock);
    const id = await importing(account);
    expect(await statusOf(account, id)).toBe('Upload');
    expect(await account.control('POST', `/jobs/${id}/step`)).toMatchObject({ status: 'Prepare' });
    expect(await statusOf(account, id)).toBe('Prepare');
    expect(await account.control('POST', `/jobs/${id}/step`, { states: 2 })).toMatchObject({
      id,
      kind: 'csv-import',
      status: 'Completed',
      method: 'addforce',
      count: 2,
      errcount: 0,
      isHeld: false,
    });
    const second = await importing(account);
    const { jobs } = await account.control('GET', '/jobs');
    expect(jobs.map((job: { id: number }) => job.id)).toEqual([id, second]);
    expect(jobs[0].timeline.map((entry: { state: string }) => entry.state)).toEqual([
      'Upload',
      'Prepare',
      'Importing',
      'Completed',
    ]);
    expect((await account.control('GET', '/jobs?limit=1')).jobs).toHaveLength(1);
  });

  it('are held one by one, and go on when released', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze');
    await account.control('PUT', '/jobs/pace', { pace: 'timed', stateMs: 10 });
    const [held, free] = [await importing(account), await importing(account)];
    expect(await account.control('POST', `/jobs/${held}/hold`)).toMatchObject({ isHeld: true });
    await account.control('POST', '/clock/advance', { by: '1s' });
    expect([await statusOf(account, held), await statusOf(account, free)]).toEqual([
      'Upload',
      'Completed',
    ]);
    await account.control('POST', `/jobs/${held}/release`);
    await account.control('POST', '/clock/advance', { by: '1s' });
    expect(await statusOf(account, held)).toBe('Completed');
  });

  it('end at once as they are told', async () => {
    const account = newAccount(mock);
    const id = await importing(account);
    const ended = await account.control('POST', `/jobs/${id}/end`, {
      end: 'Error',
      error: 'The file is gone',
    });
    expect(ended).toMatchObject({ status: 'Error', error: 'The file is gone' });
    expect(await statusOf(account, id)).toBe('Error');
    expect(rows(await account.call('GET', '/v3/REST/contact'))).toHaveLength(1);
  });

  it('end as the next one is told, before a state, and only the next', async () => {
    const account = newAccount(mock);
    const plan = (body: object) => account.try('POST', '/jobs/next/end', { body });
    expect((await plan({ end: 'Error', error: 'No luck' })).status).toBe(204);
    await plan({ end: 'Abort', before: 'Completed' });
    const ends = [];
    for (let i = 0; i < 3; i += 1) {
      const id = await importing(account);
      const job = await account.control('POST', `/jobs/${id}/step`, { states: 5 });
      ends.push([job.status, job.error, job.timeline.at(-2).state]);
    }
    expect(ends).toEqual([
      ['Error', 'No luck', 'Prepare'],
      ['Abort', '', 'Importing'],
      ['Completed', '', 'Importing'],
    ]);
  });

  it('keep their pace for their account', async () => {
    const [ann, bob] = [newAccount(mock), newAccount(mock)];
    expect(await ann.control('PUT', '/jobs/pace', { pace: 'instant' })).toEqual({
      pace: 'instant',
      stateMs: 1,
    });
    expect(await ann.control('GET', '/jobs/pace')).toEqual({ pace: 'instant', stateMs: 1 });
    expect(await bob.control('GET', '/jobs/pace')).toEqual({ pace: 'held', stateMs: 1 });
    expect(await statusOf(ann, await importing(ann))).toBe('Completed');
  });

  it('that are open go on when the pace changes', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze');
    const id = await importing(account);
    await account.control('PUT', '/jobs/pace', { pace: 'instant' });
    await account.control('POST', '/clock/advance', { by: 0 });
    expect(await statusOf(account, id)).toBe('Completed');
  });

  it.each([
    ['GET', '/jobs/1', undefined, 404, 'no job 1'],
    ['GET', '/jobs/latest', undefined, 404, 'no job latest'],
    ['POST', '/jobs/1/step', undefined, 404, 'no job 1'],
    ['POST', '/jobs/1/end', { end: 'Abort' }, 404, 'no job 1'],
    ['GET', '/jobs?limit=0', undefined, 400, 'limit'],
    ['GET', '/jobs?limt=1', undefined, 400, 'limt'],
    ['PUT', '/jobs/pace', { pace: 'fast' }, 400, 'pace'],
    ['PUT', '/jobs/pace', { pace: 'timed', stateMs: -1 }, 400, 'stateMs'],
    ['POST', '/jobs/next/end', { end: 'Completed' }, 400, 'end'],
    ['POST', '/jobs/next/end', { end: 'Error', before: 'Allocated' }, 400, 'before'],
  ])('%s %s %j answers %s %s', async (method, path, body, status, words) => {
    const answer = await newAccount(mock).try(method, path, body === undefined ? {} : { body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error).toContain(words);
  });

  it.each([
    ['step', { states: 0 }, 400],
    ['step', { states: 99 }, 400],
    ['end', {}, 400],
  ])('are not moved by %s %j', async (verb, body, status) => {
    const account = newAccount(mock);
    const id = await importing(account);
    expect((await account.try('POST', `/jobs/${id}/${verb}`, { body })).status).toBe(status);
    expect(await statusOf(account, id)).toBe('Upload');
  });

  it.each(['step', 'hold', 'release', 'end'])('that have ended refuse %s', async (verb) => {
    const account = newAccount(mock);
    const id = await importing(account);
    await account.control('POST', `/jobs/${id}/end`, { end: 'Abort' });
    const answer = await account.try('POST', `/jobs/${id}/${verb}`, {
      body: verb === 'end' ? { end: 'Abort' } : {},
    });
    expect(answer.status).toBe(409);
    expect(JSON.parse(answer.body).error).toContain('has ended in Abort');
  });

  it('of before a reset move nothing of after it', async () => {
    const account = newAccount(mock);
    await account.control('PUT', '/jobs/pace', { pace: 'timed', stateMs: 30 });
    const before = await importing(account);
    await account.control('POST', '/reset');
    const after = await importing(account);
    expect(after).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await account.control('GET', `/jobs/${after}`)).toMatchObject({ status: 'Upload' });
  });
});
