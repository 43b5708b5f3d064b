import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from './account.ts';
import { createRegistry, type Registry } from './registry.ts';

let registry: Registry;
let account: Account;
let commits: number;

beforeEach(() => {
  registry = createRegistry();
  const known = registry.authenticate('public', 'private');
  if (known === undefined) throw new Error('no account');
  account = known;
  commits = 0;
  account.onCommit(() => {
    commits += 1;
  });
});
afterEach(() => registry.close());

const addContact = (email: string) =>
  account.sql("INSERT INTO contact (Email, CreatedAt) VALUES (?, '')").run(email);

it('tells of a transaction once, when it is committed', () => {
  account.write(() => {
    addContact('ann@example.com');
    account.write(() => addContact('ben@example.com'));
    expect(commits).toBe(0);
  });
  expect(commits).toBe(1);
});

it('tells nothing of a transaction that was rolled back', () => {
  const failing = () =>
    account.write(() => {
      addContact('ann@example.com');
      throw new Error('rolled back');
    });
  expect(failing).toThrow('rolled back');
  expect(commits).toBe(0);
});

it('tells a listener that has stopped listening nothing', () => {
  const stop = account.onCommit(() => {
    throw new Error('still told');
  });
  stop();
  account.write(() => addContact('ann@example.com'));
  expect(commits).toBe(1);
});

it('clears its alarm when the account is reset: what waited belonged to the data of before', () => {
  account.clock.freeze();
  let rung = 0;
  account.alarm.set(account.clock.now() + 1000, () => {
    rung += 1;
  });
  registry.reset(account);
  account.clock.advance(2000);
  expect(rung).toBe(0);
});
