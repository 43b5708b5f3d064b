import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from './account.ts';
import {
  appendToFile,
  beginFile,
  findFile,
  finishFile,
  newestFile,
  readFile,
  removeFile,
  removeUnfinishedUploads,
} from './data-store.ts';
import { createRegistry, type Registry } from './registry.ts';

let registry: Registry;
let account: Account;
beforeEach(() => {
  registry = createRegistry();
  const known = registry.authenticate('public', 'private');
  if (known === undefined) throw new Error('no account');
  account = known;
});
afterEach(() => registry.close());

const upload = (...parts: string[]) => {
  const id = beginFile(account, {
    owner: 'contactslist',
    ownerId: 7n,
    kind: 'CSVData',
    mime: 'text/plain',
  });
  for (const part of parts) appendToFile(account, id, Buffer.from(part));
  return id;
};

it('reads any range over the borders of chunks', () => {
  const id = upload('email,', 'a', '', 'ge\nann', '@example.com');
  const whole = 'email,age\nann@example.com';
  for (let from = 0; from <= whole.length; from += 1) {
    for (let length = 0; length <= whole.length + 2; length += 1)
      expect(readFile(account, id, from, length).toString()).toBe(whole.slice(from, from + length));
  }
});

it('finds a file once it is finished, with its size', () => {
  const id = upload('email\n', 'ann@example.com\n');
  expect(findFile(account, id)).toBeUndefined();
  expect(newestFile(account, 'contactslist', 7n, 'CSVData')).toBeUndefined();
  finishFile(account, id);
  expect(findFile(account, id)).toEqual({ id, size: 22, mime: 'text/plain' });
  expect(newestFile(account, 'contactslist', 7n, 'CSVData')).toEqual(findFile(account, id));
});

it('finds the newest of an owner and a kind', () => {
  const [first, second] = [upload('first'), upload('second')];
  finishFile(account, second);
  finishFile(account, first);
  expect(newestFile(account, 'contactslist', 7n, 'CSVData')?.id).toBe(second);
  expect(newestFile(account, 'contactslist', 8n, 'CSVData')).toBeUndefined();
  expect(newestFile(account, 'batchjob', 7n, 'CSVData')).toBeUndefined();
  expect(newestFile(account, 'contactslist', 7n, 'CSVError')).toBeUndefined();
});

it('removes a file with its bytes', () => {
  removeFile(account, upload('email\n', 'ann@example.com\n'));
  expect(account.sql('SELECT count(*) AS n FROM chunk').get()).toEqual({ n: 0n });
});

it('after a stop removes uploads that were cut off, and leaves what a job is writing', () => {
  const [cut, whole] = [upload('email\n'), upload('email\n')];
  finishFile(account, whole);
  const growing = beginFile(account, {
    owner: 'batchjob',
    ownerId: 9n,
    kind: 'JSONError',
    mime: 'application/json',
  });
  removeUnfinishedUploads(account);
  const ids = account.sql('SELECT ID AS id FROM data ORDER BY ID').all();
  expect(ids).toEqual([{ id: whole }, { id: growing }]);
  expect(readFile(account, cut, 0, 9)).toHaveLength(0);
});
