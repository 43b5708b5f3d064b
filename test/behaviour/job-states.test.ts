import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk, idOf, rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'held', stateMs: 20 });
});
afterAll(() => mock.close());

const batchStates = ['Allocated', 'Upload', 'Prepare', 'Importing', 'Completed'];

/** The kinds of jobs: how one of two contacts is started, where it is read, and its documented states. */
const kinds = {
  async csvimport(here: Bulk, list: number) {
    const job = await here.import('email\nann.lee@example.com\nbob@example.com\n', { list });
    return { job, path: `csvimport/${job}` };
  },
  async 'contact/managemanycontacts'(here: Bulk, list: number) {
    const body = { ContactsLists: [{ ListID: list, Action: 'addforce' }], Contacts: people };
    const job = idOf(
      await here.call('POST', '/v3/REST/contact/managemanycontacts', { body }),
      'JobID',
    );
    return { job, path: `contact/managemanycontacts/${job}` };
  },
  async 'contactslist/{id}/managemanycontacts'(here: Bulk, list: number) {
    const body = { Action: 'addforce', Contacts: people };
    const path = `contactslist/${list}/managemanycontacts`;
    const job = idOf(await here.call('POST', `/v3/REST/${path}`, { body }), 'JobID');
    return { job, path: `${path}/${job}` };
  },
  async 'contactslist/{id}/importlist'(here: Bulk, list: number) {
    const source = await here.list('Source');
    for (const { Email } of people)
      await here.call('POST', `/v3/REST/contactslist/${source}/managecontact`, {
        body: { Email, Action: 'addforce' },
      });
    const path = `contactslist/${list}/importlist`;
    const body = { Action: 'addforce', ListID: source };
    const job = idOf(await here.call('POST', `/v3/REST/${path}`, { body }), 'JobID');
    return { job, path: `${path}/${job}` };
  },
};
const people = [{ Email: 'ann.lee@example.com' }, { Email: 'bob@example.com' }];
const names = Object.keys(kinds) as (keyof typeof kinds)[]; // Object.keys loses the names
const statesOf = (name: keyof typeof kinds) =>
  name === 'csvimport' ? ['Upload', 'Prepare', 'Importing', 'Completed'] : batchStates;

describe.each(names)('%s', (name) => {
  it('polled: each GET shows the next documented state, without a wait', async () => {
    const here = bulk(mock, `polled ${name}`);
    here.pace('polled');
    const { path } = await kinds[name](here, await here.list('Newsletter'));
    const seen: unknown[] = [];
    do seen.push((await here.get(path)).Status);
    while (seen.at(-1) !== 'Completed' && seen.length < 9);
    expect(seen).toEqual(statesOf(name));
    expect((await here.get(path)).Status).toBe('Completed');
  });

  it('held: stands still until it is told to step, then moves by one', async () => {
    const here = bulk(mock, `held ${name}`);
    const list = await here.list('Newsletter');
    const { job, path } = await kinds[name](here, list);
    for (const state of statesOf(name)) {
      expect((await here.get(path)).Status).toBe(state);
      expect((await here.get(path)).Status).toBe(state);
      await here.step(job);
    }
    expect((await here.get(path)).Status).toBe('Completed');
    expect(await here.members(list)).toEqual(['ann.lee@example.com', 'bob@example.com']);
  });

  it('timed: a frozen clock holds it, and an advanced one moves it', async () => {
    const here = bulk(mock, `timed ${name}`);
    here.pace('timed');
    here.account.clock.freeze();
    const { path } = await kinds[name](here, await here.list('Newsletter'));
    for (const state of statesOf(name)) {
      await here.rest();
      expect((await here.get(path)).Status).toBe(state);
      here.account.clock.advance(1);
    }
  });

  it('timed: goes through by itself, also after its clock was set back by a year', async () => {
    const here = bulk(mock, `clock ${name}`);
    here.pace('timed');
    const { path } = await kinds[name](here, await here.list('Newsletter'));
    here.account.clock.advance(-365 * 24 * 3_600_000);
    expect((await here.ended(path)).Status).toBe('Completed');
  });

  it('instant: ends before its POST is answered', async () => {
    const here = bulk(mock, `instant ${name}`);
    here.pace('instant');
    const { path } = await kinds[name](here, await here.list('Newsletter'));
    expect((await here.get(path)).Status).toBe('Completed');
  });
});

/** A clock that moves an hour with every step shows which time changes when. */
const at = (hour: number) =>
  new Date(Date.UTC(2021, 7, 31, hour)).toISOString().replace('.000', '');

it('shows what changes in each state of a csvimport', async () => {
  const here = bulk(mock, 'fields of csvimport');
  const { clock } = here.account;
  clock.freeze(Date.UTC(2021, 7, 31, 1));
  const list = await here.list('Newsletter');
  const { job, path } = await kinds.csvimport(here, list);
  const made = await here.get(path);
  const first = {
    AliveAt: '',
    ContactsListID: list,
    Count: 0,
    Current: 0,
    DataID: expect.any(Number),
    Errcount: 0,
    ErrTreshold: 0,
    ID: job,
    ImportOptions: '',
    JobEnd: '',
    JobStart: '',
    Method: 'addnoforce',
    RequestAt: at(1),
    Status: 'Upload',
  };
  expect(made).toEqual(first);
  const changes = [
    { Status: 'Prepare', JobStart: at(2), AliveAt: at(2), Count: 2 },
    { Status: 'Importing', AliveAt: at(3), Current: 2 },
    { Status: 'Completed', AliveAt: at(4), JobEnd: at(4) },
  ];
  let expected: Record<string, unknown> = first;
  for (const change of changes) {
    clock.advance(3_600_000);
    await here.step(job);
    expected = { ...expected, ...change };
    expect(await here.get(path)).toEqual(expected);
  }
});

it.each(names.filter((name) => name !== 'csvimport'))(
  'shows what changes in each state of %s',
  async (name) => {
    const here = bulk(mock, `fields of ${name}`);
    const { clock } = here.account;
    clock.freeze(Date.UTC(2021, 7, 31, 1));
    const list = await here.list('Newsletter');
    const { job, path } = await kinds[name](here, list);
    let expected = await here.get(path);
    expect(expected).toMatchObject({
      Count: 0,
      Error: '',
      ErrorFile: '',
      JobEnd: '',
      JobStart: '',
      Status: 'Allocated',
    });
    const changes = [
      { Status: 'Upload', JobStart: at(2) },
      { Status: 'Prepare' },
      { Status: 'Importing', Count: 2 },
      { Status: 'Completed', JobEnd: at(5) },
    ];
    for (const change of changes) {
      clock.advance(3_600_000);
      await here.step(job);
      expected = { ...expected, ...change };
      expect(await here.get(path)).toEqual(expected);
    }
  },
);

it('instant: the answer to the POST still shows the first state', async () => {
  const here = bulk(mock, 'first answer');
  here.pace('instant');
  const list = await here.list('Newsletter');
  const DataID = await here.upload(list, 'email\nann.lee@example.com\n');
  const body = { ContactsListID: list, DataID, Method: 'addforce' };
  const answer = await here.call('POST', '/v3/REST/csvimport', { body });
  expect(rowsOf(answer)[0]).toMatchObject({ Status: 'Upload', JobStart: '', Count: 0 });
});

it('polled: shows every state however often the work of one is looked at', async () => {
  // slices of one piece of work: a GET waits for fifty of them at most
  const slow = await startMock({ pace: 'polled', sliceBudget: () => () => false });
  const here = bulk(slow, 'polled and big');
  const list = await here.list('Newsletter');
  const lines = Array.from({ length: 6000 }, (_, n) => `person${n}@example.com,${n}\n`);
  const job = await here.import(`email,age\n${lines.join('')}`, { list });
  const seen: { Status: unknown; Current: number }[] = [];
  do {
    const batch = await Promise.all([1, 2, 3].map(() => here.get(`csvimport/${job}`)));
    for (const { Status, Current } of batch) seen.push({ Status, Current: Number(Current) });
  } while (seen.at(-1)?.Status !== 'Completed');
  const states = seen.map(({ Status }) => Status);
  expect([...new Set(states)]).toEqual(statesOf('csvimport'));
  const counts = seen.map(({ Current }) => Current);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  // it was watched growing
  expect(counts.some((count) => count > 0 && count < 6000)).toBe(true);
  await slow.close();
});
