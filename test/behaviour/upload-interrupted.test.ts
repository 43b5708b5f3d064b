import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { arrival } from '../support/arrival.ts';
import { type Mock, startMock } from '../support/mock.ts';

const folder = mkdtempSync(join(tmpdir(), 'mockjet-upload-'));
afterAll(() => rmSync(folder, { recursive: true }));
let folders = 0;

/** How a request ends: the status of its answer, or 'cut'. */
const outcome = (request: http.ClientRequest) =>
  new Promise<number | 'cut' | undefined>((resolve) => {
    request.on('response', (response) => resolve(response.resume().statusCode));
    request.on('close', () => resolve('cut'));
  });

/** What a test does to an account amid an upload. */
const ends: [what: string, end: (account: TestAccount) => Promise<unknown>][] = [
  ['reset', (account) => account.control('POST', '/reset')],
  ['restored', (account) => account.control('POST', '/snapshots/before/restore')],
  ['removed', (account) => account.control('DELETE', '/account')],
];

describe.each([
  ['in memory', () => undefined],
  ['in files', () => join(folder, String(folders++))],
])('an upload to an account %s', (_where, directory) => {
  let mock: Mock;
  let account: TestAccount;
  beforeEach(async () => {
    mock = await startMock({ idSeed: '3', data: directory() });
    account = newAccount(mock, 'shop:secret');
  });
  afterEach(() => mock.close());

  const listOf = async () => rows(await account.call('GET', '/v3/REST/contactslist'))[0].ID;
  const pathOf = (list: number) => `/v3/DATA/contactslist/${list}/CSVData/text:plain`;

  /** Begins an upload; resolves once the server has what was written. */
  async function begin(list: number, text: string) {
    const arrived = arrival('/CSVData/');
    const request = http.request(`${mock.url}${pathOf(list)}`, {
      method: 'POST',
      auth: account.user,
      agent: false,
      headers: { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' },
    });
    request.on('error', () => undefined); // it may be cut off
    const ended = outcome(request);
    request.write(text);
    await arrived;
    return { request, ended };
  }

  it.each(ends)('is cut off when that is %s, and never mixed with the next', async (_what, end) => {
    await account.control('POST', '/snapshots', { name: 'before' });
    const first = await begin(await listOf(), 'A'.repeat(700_000));
    await end(account);
    const list = await listOf();
    const second = await begin(list, 'B'.repeat(300_000));
    first.request.write('C'.repeat(700_000));
    first.request.end('C');
    expect(await first.ended).toBe('cut');
    second.request.end('B'.repeat(300_000));
    expect(await second.ended).toBe(200);
    const got = await account.call('GET', pathOf(list));
    expect([got.status, /^B*$/.test(got.body), got.body.length]).toEqual([200, true, 600_000]);
    const { db } = mock.registry.find('shop') ?? {};
    expect(db?.prepare('SELECT count(*) AS n FROM data').get()).toEqual({ n: 1 });
  });

  it.each(ends)(
    'has no answer when that was %s after its last byte but one',
    async (_what, end) => {
      await account.control('POST', '/snapshots', { name: 'before' });
      const upload = await begin(await listOf(), 'email\nann@example.com\n');
      await end(account);
      upload.request.end();
      expect(await upload.ended).toBe('cut');
      await listOf();
      const { db } = mock.registry.find('shop') ?? {};
      expect(db?.prepare('SELECT count(*) AS n FROM data').get()).toEqual({ n: 0 });
    },
  );
});

it.each([
  ['holds its first piece while there is room for it', 1024 * 1024, 0],
  ['is stored as it comes where there is no room', 0, 1],
])('an upload that stands still %s', async (_what, uploadPieces, chunks) => {
  const mock = await startMock({ uploadPieces });
  const account = newAccount(mock, 'shop:secret');
  const [list] = rows(await account.call('GET', '/v3/REST/contactslist'));
  const path = `/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`;
  const arrived = arrival('/CSVData/');
  const request = http.request(`${mock.url}${path}`, {
    method: 'POST',
    auth: account.user,
    agent: false,
    headers: { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' },
  });
  request.write('email\n');
  await arrived;
  const { db } = mock.registry.find('shop') ?? {};
  const kept = () => db?.prepare('SELECT count(*) AS n FROM chunk').get();
  await expect.poll(kept).toEqual({ n: chunks });
  const ended = outcome(request);
  request.end('ann@example.com\n');
  expect(await ended).toBe(200);
  expect((await account.call('GET', path)).body).toBe('email\nann@example.com\n');
  await mock.close();
});
