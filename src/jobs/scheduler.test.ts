import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { createRegistry, type Registry } from '../accounts/registry.ts';
import { findJob, insertJob } from './job.ts';
import { createRunner } from './runner.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

let registry: Registry;
let account: Account;
let scheduler: Scheduler;
const failures: unknown[] = [];

beforeEach(() => {
  failures.length = 0;
  registry = createRegistry();
  const known = registry.authenticate('public', 'private');
  if (known === undefined) throw new Error('no account');
  account = known;
});
afterEach(() => {
  scheduler.stop();
  registry.close();
});

const open = (pace: 'timed' | 'instant' | 'polled' | 'held', stateMs = 10_000) => {
  const onFailure = (error: unknown) => failures.push(error);
  scheduler = createScheduler(createRunner(onFailure), { pace, stateMs, onFailure });
  scheduler.attach(account);
};
/** A job without any contacts: only its states matter here. */
const make = () =>
  insertJob(account, {
    kind: 'contact-batch',
    jobType: 'Unknown',
    status: 'Allocated',
    request: { lists: [] },
  });
const statusOf = (id: bigint) => findJob(account, id)?.status;

it('polled: three reads of one state move the job once', async () => {
  open('polled');
  const id = make();
  scheduler.made(account, id);
  await Promise.all([1, 2, 3].map(() => scheduler.read(account, id)));
  expect(statusOf(id)).toBe('Upload');
});

it('polled: a job that has ended needs no wait', async () => {
  open('polled');
  const id = make();
  for (let n = 0; n < 4; n += 1) await scheduler.read(account, id);
  expect(statusOf(id)).toBe('Completed');
  expect(scheduler.read(account, id)).toBeUndefined();
});

it('held: two steps at once move a job by two', async () => {
  open('held');
  const id = make();
  expect(scheduler.made(account, id)).toBeUndefined();
  await Promise.all([scheduler.step(account, id), scheduler.step(account, id)]);
  expect(statusOf(id)).toBe('Prepare');
});

it('held: a step of a job that has ended, or that never was, resolves', async () => {
  open('held');
  const id = make();
  for (let n = 0; n < 9; n += 1) await scheduler.step(account, id);
  await scheduler.step(account, id + 1n);
  expect(statusOf(id)).toBe('Completed');
});

it('instant: resolves when the job has ended', async () => {
  open('instant');
  const id = make();
  await scheduler.made(account, id);
  expect(statusOf(id)).toBe('Completed');
});

it('a change of pace reaches jobs that wait', async () => {
  open('held');
  const id = make();
  scheduler.made(account, id);
  scheduler.setPace(account, { pace: 'instant', stateMs: 1 });
  await scheduler.step(account, id);
  expect(statusOf(id)).toBe('Completed');
});

it('timed: moves once its state has lasted, by the clock of the account', async () => {
  open('timed');
  account.clock.freeze();
  const id = make();
  scheduler.made(account, id);
  const turns = async () => {
    for (let n = 0; n < 10; n += 1) await new Promise(setImmediate);
  };
  account.clock.advance(9_999);
  await turns();
  expect(statusOf(id)).toBe('Allocated');
  account.clock.advance(1);
  await turns();
  expect(statusOf(id)).toBe('Upload');
  // set back: the wait is not made longer by it
  account.clock.advance(-3_600_000);
  await turns();
  expect(statusOf(id)).toBe('Prepare');
});

it('goes on with the jobs that an account has open when it is attached', async () => {
  const id = make();
  open('instant');
  await scheduler.step(account, id);
  expect(statusOf(id)).toBe('Completed');
});

it('once stopped it moves nothing, and keeps nobody waiting', async () => {
  open('instant');
  const id = make();
  const waiting = scheduler.made(account, id);
  scheduler.stop();
  await waiting;
  await scheduler.made(account, id);
  await scheduler.step(account, id);
  expect(statusOf(id)).not.toBe('Completed');
});

it('tells of a job whose state cannot be stored, and steps it when that is over', async () => {
  open('held');
  const id = make();
  account.db.pragma('query_only = ON');
  await scheduler.step(account, id);
  expect(failures).toHaveLength(1);
  expect(statusOf(id)).toBe('Allocated');
  account.db.pragma('query_only = OFF');
  await scheduler.step(account, id);
  expect(statusOf(id)).toBe('Upload');
});

it('has what a slice would hold up done before it', async () => {
  const seen: (string | undefined)[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const beforeSlice = () => seen.push(statusOf(id));
  scheduler = createScheduler(createRunner(onFailure), {
    pace: 'instant',
    stateMs: 0,
    beforeSlice,
    onFailure,
  });
  scheduler.attach(account);
  const id = make();
  await scheduler.made(account, id);
  expect(seen[0]).toBe('Allocated');
  expect(seen).toContain('Importing');
});
