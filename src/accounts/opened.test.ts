import { expect, it } from 'vitest';
import { createAccount } from './account.ts';
import { createOpenedAccounts } from './opened.ts';

/** A queue of accounts, what was asked of it and what it put away. */
function queue(most: number) {
  const busy = new Set<string>();
  const asked: string[] = [];
  const away: string[] = [];
  const opened = createOpenedAccounts({
    most,
    isIdle({ apiKey }) {
      asked.push(apiKey);
      return !busy.has(apiKey);
    },
    putAway: ({ apiKey }) => away.push(apiKey),
  });
  const accounts = new Map(
    [...Array(1000).keys()].map((i) => {
      const keys = { apiKey: `a${i}`, secretKey: 's' };
      return [keys.apiKey, createAccount(keys, { madeBy: '', seed: '' })];
    }),
  );
  const use = (key: string) => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`no account ${key}`);
    opened.touch(account);
    opened.makeRoom(account);
  };
  return { opened, busy, asked, away, use };
}

it('what was longest unused is put away', () => {
  const { use, away } = queue(2);
  for (const key of ['a1', 'a2', 'a1', 'a3', 'a4']) use(key);
  expect(away).toEqual(['a2', 'a1']);
});

it('the one in use stays, and what is busy', () => {
  const { use, away, busy } = queue(1);
  busy.add('a1');
  for (const key of ['a1', 'a2', 'a3']) use(key);
  expect(away).toEqual(['a2']);
});

it('a thousand busy accounts are not all asked at each use', () => {
  const { use, asked, away, busy } = queue(10);
  for (let i = 0; i < 1000; i += 1) {
    busy.add(`a${i}`);
    use(`a${i}`);
  }
  asked.splice(0);
  use('a500');
  expect(asked.length).toBeLessThan(10);
  // once they are idle all are put away, a few at each use
  busy.clear();
  for (let i = 0; i < 300; i += 1) use('a500');
  expect(away).toHaveLength(990);
});

it('half of them are put away where the process can hold no more', () => {
  const { opened, use, away, busy } = queue(100);
  for (let i = 0; i < 100; i += 1) use(`a${i}`);
  busy.add('a0');
  expect(opened.halve()).toBe(true);
  expect(away).toHaveLength(50);
  expect(away).not.toContain('a0');
});

it('says so where all are busy', () => {
  const { opened, use, busy } = queue(100);
  busy.add('a1');
  use('a1');
  expect(opened.halve()).toBe(false);
});
