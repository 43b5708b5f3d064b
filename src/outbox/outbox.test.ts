import { afterEach, expect, it } from 'vitest';
import { turns } from '../../test/support/arrival.ts';
import type { Account } from '../accounts/account.ts';
import { createRegistry, type Registry } from '../accounts/registry.ts';
import type { Delivery, DeliveryKind } from './delivery.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { deliveryState } from './rows.ts';

/** A try that a test ends itself. */
interface Begun {
  account: string;
  subjects: number[];
  signal: AbortSignal;
  succeed(): void;
  fail(why: string): void;
}

interface Bench {
  outbox: Outbox;
  registry: Registry;
  account: Account;
  /** The next try, once it begins. */
  next(): Promise<Begun>;
  /** Tries that have begun, and nobody has asked for. */
  begun: Begun[];
  failed: [subject: number, message: string, isLast: boolean][];
  dropped: number[];
  failures: unknown[];
  post(account: Account, ...subjects: number[]): void;
  stateOf(subject: number): unknown;
}

let registries: Registry[] = [];
afterEach(() => {
  for (const registry of registries) registry.close();
  registries = [];
});

const gaps = [1000, 5000];

/** An outbox with one kind, whose tries a test ends, and an account whose clock stands still. */
function bench(kind: Partial<DeliveryKind> = {}, more: { most?: number } = {}): Bench {
  const begun: Begun[] = [];
  const asking: ((one: Begun) => void)[] = [];
  const failed: Bench['failed'] = [];
  const dropped: number[] = [];
  const failures: unknown[] = [];
  const outbox = createOutbox({
    kinds: [
      {
        name: 'test',
        together: 1,
        atOnce: { ofAccount: 2, ofAll: 3 },
        patience: 600_000,
        gap: ({ tries }: Delivery) => gaps[tries - 1],
        try: (account, deliveries, signal) =>
          new Promise((resolve, reject) => {
            const one: Begun = {
              account: account.apiKey,
              subjects: deliveries.map(({ subject }) => Number(subject)),
              signal,
              succeed: resolve,
              fail: (why) => reject(new Error(why)),
            };
            const asker = asking.shift();
            if (asker === undefined) begun.push(one);
            else asker(one);
          }),
        ...kind,
      },
    ],
    onFailed: (_account, { subject }, { message }, isLast) =>
      void failed.push([Number(subject), message, isLast]),
    onDropped: (_account, count) => void dropped.push(count),
    onFailure: (error) => void failures.push(error),
    ...more,
  });
  const registry = createRegistry({ onOpen: outbox.attach, onClose: outbox.detach });
  registries.push(registry);
  const account = registry.create({ apiKey: 'ann', secretKey: 'secret' });
  account.clock.freeze(1_780_000_000_000);
  return {
    ...{ outbox, registry, account, begun, failed, dropped, failures },
    next: () => {
      const first = begun.shift();
      return first === undefined
        ? new Promise((resolve) => asking.push(resolve))
        : Promise.resolve(first);
    },
    post: (whose, ...subjects) =>
      whose.write(() => {
        for (const subject of subjects)
          outbox.add(whose, {
            kind: 'test',
            subject: BigInt(subject),
            target: subject % 2 === 0 ? 'even' : 'odd',
            payload: 'x',
          });
      }),
    stateOf: (subject) => deliveryState(account, 'test', BigInt(subject)),
  };
}

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
