import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bulk, bulk } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

const lines: { msg: string; err?: { message: string } }[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
const sentence =
  /^Cannot use the account database .*anna\.sqlite: database or disk is full\. Make room on the disk/;
let folder: string;
let mock: Mock;
let anna: Bulk;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-full-'));
  mock = await startMock({ data: folder, logger, pace: 'timed' });
  anna = bulk(mock, 'anna');
  lines.splice(0);
});
afterEach(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

/** SQLite itself then says that the disk is full. */
const fill = ({ account: { db } }: Bulk, more = 0) =>
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + more}`);
const makeRoom = ({ account: { db } }: Bulk) => db.pragma('max_page_count = 1000000');
const addressed = (n: number) => ({ Email: `guest-${n}@example.com`, Name: 'x'.repeat(200) });

it('a write to a full disk gets a 500 and one log line, reads and other accounts go on', async () => {
  fill(anna, 4);
  let stored = 0;
  let status = 201;
  let body = '';
  while (status === 201) {
    const answer = await anna.call('POST', '/v3/REST/contact', { body: addressed(stored) });
    ({ status, body } = answer);
    if (status === 201) stored += 1;
  }
  expect(status).toBe(500);
  expect(body).toContain('"ErrorMessage" : "An Unexpected Error occurred during API request"');
  expect(body).not.toContain(folder);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.err?.message).toMatch(sentence);
  const { body: counted } = await anna.call('GET', '/v3/REST/contact?countOnly=1');
  expect(JSON.parse(counted).Count).toBe(stored + 1);
  const ben = await bulk(mock, 'ben').call('POST', '/v3/REST/contact', { body: addressed(1) });
  expect(ben.status).toBe(201);
  makeRoom(anna);
  const again = await anna.call('POST', '/v3/REST/contact', { body: addressed(stored) });
  expect(again.status).toBe(201);
});

it('an upload to a full disk gets its 500 although it is not taken to the end', async () => {
  const list = await anna.list('Newsletter');
  const csv = `email\n${'a@example.com\n'.repeat(600_000)}`;
  fill(anna, 4);
  const path = `/v3/DATA/contactslist/${list}/CSVData/text:plain`;
  const headers = { 'Content-Type': 'text/plain', 'Content-Length': csv.length };
  const answer = await anna.call('POST', path, { body: csv, headers });
  expect(answer.status).toBe(500);
  expect(lines.map(({ err }) => err?.message)).toEqual([expect.stringMatching(sentence)]);
  makeRoom(anna);
  expect(await anna.upload(list, csv)).toBeGreaterThan(0);
  expect(anna.account.sql('SELECT count(*) AS n FROM data').get()).toEqual({ n: 1n });
});

it('an import that the disk has no room for fails, or goes on when there is room', async () => {
  const list = await anna.list('Newsletter');
  anna.pace('held');
  const rows = Array.from({ length: 5000 }, (_, n) => `guest-${n}@example.com\n`);
  const job = await anna.import(`email\n${rows.join('')}`, { list });
  fill(anna, 20);
  for (let n = 0; n < 3; n += 1) await anna.step(job);
  expect(lines[0]?.err?.message).toMatch(sentence);
  expect((await bulk(mock, 'ben').call('GET', '/v3/REST/contact')).status).toBe(200);
  makeRoom(anna);
  for (let n = 0; n < 4; n += 1) await anna.step(job);
  const { Status, Current, Errcount } = await anna.get(`csvimport/${job}`);
  expect(['Completed', 'Error']).toContain(Status);
  const { SubscriberCount } = await anna.get(`contactslist/${list}`);
  expect(SubscriberCount).toBe(Number(Current) - Number(Errcount));
  expect(anna.account.db.pragma('quick_check', { simple: true })).toBe('ok');
});

it('an account on a full disk is put away without harm to the one that takes its place', async () => {
  await mock.close();
  mock = await startMock({ data: folder, logger, openAccounts: 1 });
  anna = bulk(mock, 'anna');
  anna.account.db.pragma('query_only = ON');
  expect((await bulk(mock, 'ben').call('GET', '/v3/REST/contact')).status).toBe(200);
  expect(anna.account.isOpen).toBe(false);
  expect((await anna.call('GET', '/v3/REST/contact')).status).toBe(200);
});

it('an account in memory that can grow no further says what to run instead', async () => {
  const inMemory = await startMock({ logger });
  const zoe = bulk(inMemory, 'zoe');
  fill(zoe);
  let status = 201;
  for (let n = 0; status === 201; n += 1)
    ({ status } = await zoe.call('POST', '/v3/REST/contact', { body: addressed(n) }));
  await inMemory.close();
  expect(status).toBe(500);
  expect(lines[0]?.err?.message).toMatch(
    /^Cannot use the account's database in memory: database or disk is full\. Run Mockjet with --data, where an account/,
  );
});
