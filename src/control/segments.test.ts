import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { createRegistry } from '../accounts/registry.ts';
import { ControlError } from './control-error.ts';
import { contactsOfSegment, createSearches } from './segments.ts';

const registry = createRegistry();
const run = createSearches();
let account: Account;
let segment: bigint;
beforeAll(() => {
  account = registry.create({ apiKey: 'public', secretKey: 'private' });
  const sql = "INSERT INTO contactfilter (Name, Expression) VALUES ('All', '1=1')";
  segment = BigInt(account.sql(sql).run().lastInsertRowid);
});
afterAll(() => registry.close());

const contacts = () => contactsOfSegment(account, segment, { after: 0n, limit: 10 }, run);
const emails = async () => (await contacts()).contacts.map(({ email }) => email);

it('searches at the same time are all answered', async () => {
  const found = await Promise.all(Array.from({ length: 20 }, emails));
  expect(found).toEqual(Array.from({ length: 20 }, () => ['owner@example.com']));
});

it('a search in an account that is removed meanwhile is told so, and the next goes on', async () => {
  const search = contacts();
  registry.remove(account);
  await expect(search).rejects.toThrow(ControlError);
  await expect(search).rejects.toThrow('The account was removed');
  account = registry.create({ apiKey: 'another', secretKey: 'private' });
  const sql = "INSERT INTO contactfilter (Name, Expression) VALUES ('All', '1=1')";
  segment = BigInt(account.sql(sql).run().lastInsertRowid);
  expect(await emails()).toEqual(['owner@example.com']);
});
