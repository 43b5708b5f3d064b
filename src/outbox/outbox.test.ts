import { afterEach, expect, it } from 'vitest';
import { turns } from '../../test/support/arrival.ts';
import { bench, closeBenches } from '../../test/support/outbox-bench.ts';

afterEach(closeBenches);

it('tries what was committed, outside of the call, and nothing that was rolled back', async () => {
  const { account, outbox, post, next, begun, stateOf } = bench();
  expect(() =>
    account.write(() => {
      outbox.add(account, { kind: 'test', subject: 1n, payload: '' });
      throw new Error('no');
    }),
  ).toThrow('no');
  post(account, 2);
  expect(begun).toEqual([]);
  const one = await next();
  expect(one.subjects).toEqual([2]);
  expect(stateOf(2)).toEqual({ state: 'waiting', tries: 0, error: '' });
  expect(outbox.isIdle(account)).toBe(false);
  one.succeed();
  await turns(5);
  expect([stateOf(1), stateOf(2)]).toEqual([undefined, { state: 'done', tries: 1, error: '' }]);
  expect(outbox.isIdle(account)).toBe(true);
});

it('repeats what failed after growing gaps of the account’s clock, and gives up', async () => {
  const { account, post, next, begun, stateOf, failed, outbox } = bench();
  post(account, 1);
  (await next()).fail('refused');
  await turns(5);
  expect(stateOf(1)).toEqual({ state: 'waiting', tries: 1, error: 'refused' });
  expect(outbox.isIdle(account)).toBe(false);
  account.clock.advance(999);
  await turns(5);
  expect(begun).toEqual([]);
  account.clock.advance(1);
  (await next()).fail('refused again');
  await turns(5);
  expect(stateOf(1)).toEqual({ state: 'waiting', tries: 2, error: 'refused again' });
  account.clock.advance(5000);
  (await next()).fail('for the last time');
  await turns(5);
  expect(stateOf(1)).toEqual({ state: 'failed', tries: 3, error: 'for the last time' });
  account.clock.advance(1e9);
  await turns(5);
  expect([begun, outbox.isIdle(account)]).toEqual([[], true]);
  expect(failed).toEqual([
    [1, 'refused', false],
    [1, 'refused again', false],
    [1, 'for the last time', true],
  ]);
});

it('does not wait for a clock that was set back', async () => {
  const { account, post, next } = bench();
  post(account, 1);
  (await next()).fail('refused');
  await turns(5);
  account.clock.advance(-1e9);
  expect((await next()).subjects).toEqual([1]);
});

it('gives what goes to one target together to its kind, oldest first', async () => {
  const { account, post, next } = bench({ together: 3 });
  post(account, 2, 1, 4, 3, 6, 8);
  const tries = [await next(), await next()];
  expect(tries.map(({ subjects }) => subjects)).toEqual([
    [2, 4, 6],
    [1, 3],
  ]);
  for (const one of tries) one.succeed();
  expect((await next()).subjects).toEqual([8]);
});

it('tries a few at a time, and keeps no account out for another', async () => {
  const { registry, account, post, next, begun } = bench();
  const other = registry.create({ apiKey: 'bob', secretKey: 'secret' });
  post(account, 1, 3, 5, 7);
  const mine = [await next(), await next()];
  post(other, 11, 13);
  const theirs = await next();
  await turns(5);
  expect([mine.map(({ subjects }) => subjects[0]), theirs.subjects[0]]).toEqual([[1, 3], 11]);
  expect(begun).toEqual([]);
  mine[0]?.succeed();
  // bob waits in line, before the rest of ann's
  expect(await next()).toMatchObject({ account: 'bob', subjects: [13] });
  theirs.succeed();
  expect(await next()).toMatchObject({ account: 'ann', subjects: [5] });
});

it('ends a try that takes too long, as one that failed', async () => {
  const { account, post, next, stateOf } = bench({ patience: 10 });
  post(account, 1);
  const { signal } = await next();
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await turns(5);
  expect(stateOf(1)).toEqual({ state: 'waiting', tries: 1, error: 'It did not end within 10 ms' });
});

it('breaks off when the account is put away, and tries again when it is back', async () => {
  const { outbox, account, post, next, failed } = bench();
  post(account, 1);
  const first = await next();
  outbox.detach(account);
  expect(first.signal.aborted).toBe(true);
  first.succeed();
  await turns(5);
  outbox.attach(account);
  expect((await next()).subjects).toEqual([1]);
  expect(failed).toEqual([]);
});

it('forgets what was under way when the account is made new', async () => {
  const { registry, account, post, next, stateOf } = bench();
  post(account, 1);
  const old = await next();
  registry.reset(account);
  post(account, 2);
  const fresh = await next();
  old.fail('too late');
  await turns(5);
  expect([stateOf(1), stateOf(2)]).toEqual([undefined, { state: 'waiting', tries: 0, error: '' }]);
  fresh.succeed();
  await turns(5);
  expect(stateOf(2)).toMatchObject({ state: 'done' });
});

it('keeps a number of them, and says when some that wait are dropped', async () => {
  const { account, post, next, stateOf, dropped } = bench({}, { most: 3 });
  post(account, 1);
  (await next()).succeed();
  await turns(5);
  post(account, 2, 3, 4);
  expect([stateOf(1), dropped]).toEqual([undefined, []]);
  post(account, 5, 6);
  expect([stateOf(2), stateOf(3), stateOf(4)]).toMatchObject([undefined, undefined, { tries: 0 }]);
  expect(dropped).toEqual([1, 1]);
});

it('keeps a number of bytes, the newest one whatever its size', async () => {
  const { account, outbox, stateOf, dropped } = bench({}, { mostBytes: 1000 });
  const add = (subject: bigint, size: number) =>
    account.write(() => outbox.add(account, { kind: 'test', subject, payload: 'x'.repeat(size) }));
  add(1n, 500);
  add(2n, 500);
  expect(dropped).toEqual([]);
  add(3n, 10);
  expect([stateOf(1), dropped]).toEqual([undefined, [1]]);
  add(4n, 5000);
  expect([stateOf(2), stateOf(3), dropped]).toEqual([undefined, undefined, [1, 2]]);
  expect(stateOf(4)).toMatchObject({ state: 'waiting' });
  const { bytes } = account.db.prepare('SELECT deliveryBytes AS bytes FROM account').get() as {
    bytes: bigint;
  };
  expect(Number(bytes)).toBe(5000);
});

it('a database that takes no writes costs no try after try, and the next delivery goes on', async () => {
  const { account, post, next, begun, failures, stateOf } = bench();
  post(account, 1);
  const one = await next();
  account.db.pragma('query_only = 1');
  one.succeed();
  await turns(10);
  expect([failures.length, begun]).toEqual([1, []]);
  account.db.pragma('query_only = 0');
  post(account, 2);
  const again = [await next(), await next()];
  expect(again.flatMap(({ subjects }) => subjects)).toEqual([1, 2]);
  for (const each of again) each.succeed();
  await turns(5);
  expect([stateOf(1), stateOf(2)]).toMatchObject([{ state: 'done' }, { state: 'done' }]);
});
