import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport, type TestAccount } from '../support/account.ts';
import { arrival } from '../support/arrival.ts';
import { memoryKept } from '../support/memory.ts';
import { type Mock, startMock } from '../support/mock.ts';

const folder = mkdtempSync(join(tmpdir(), 'mockjet-away-'));
afterAll(() => rmSync(folder, { recursive: true }));
let folders = 0;

describe.each([
  ['in memory', () => undefined],
  ['in files', () => join(folder, String(folders++))],
])('an account that was put away %s', (_where, directory) => {
  let mock: Mock;
  beforeEach(async () => {
    mock = await startMock({ openAccounts: 1, idSeed: '3', data: directory() });
  });
  afterEach(() => mock.close());

  const isOpen = ({ user }: TestAccount) => {
    const key = user.split(':')[0];
    return mock.registry.accounts().find(({ apiKey }) => apiKey === key)?.isOpen;
  };
  /** Others are used until an account that nobody uses any more is put away. */
  const isPutAway = (account: TestAccount) =>
    expect
      .poll(async () => {
        await useAnother();
        return isOpen(account);
      })
      .toBe(false);
  /** Uses another account, so that the one before is put away. */
  const useAnother = async () => {
    await newAccount(mock).call('GET', '/v3/REST/contact');
  };

  it('comes back with all that it had', async () => {
    const account = newAccount(mock, 'ann:secret');
    await account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
    await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    await account.control('POST', '/faults', { status: 500, nth: 9 });
    await account.control('PUT', '/rate-limit', { capacity: 50, perSecond: 0 });
    await account.control('PUT', '/jobs/pace', { pace: 'polled', stateMs: 7 });
    await account.control('POST', '/jobs/next/end', { end: 'Abort' });
    const all = [
      '/account',
      '/clock',
      '/faults',
      '/rate-limit',
      '/jobs/pace',
      '/requests',
      '/coverage',
    ];
    const state = () => Promise.all(all.map((path) => account.control('GET', path)));
    const before = await state();
    expect(isOpen(account)).toBe(true);
    await useAnother();
    expect(isOpen(account)).toBe(false);
    expect(await state()).toEqual(before);
    const id = await startImport(account, mock, 'email\nbob@example.com\n');
    for (let i = 0; i < 4; i += 1) await account.call('GET', `/v3/REST/csvimport/${id}`);
    expect((await account.control('GET', `/jobs/${id}`)).status).toBe('Abort');
  });

  it('with jobs that its pace holds comes back with them', async () => {
    const account = newAccount(mock, 'held:secret');
    await account.control('PUT', '/jobs/pace', { pace: 'held' });
    const id = await startImport(account, mock, 'email\nbob@example.com\n');
    await useAnother();
    expect(isOpen(account)).toBe(false);
    expect((await account.control('GET', `/jobs/${id}`)).status).toBe('Upload');
    await useAnother();
    expect(isOpen(account)).toBe(false);
    expect((await account.control('POST', `/jobs/${id}/step`, { states: 3 })).status).toBe(
      'Completed',
    );
  });

  it('is not one with a job that is held by itself: that stands nowhere else', async () => {
    const account = newAccount(mock, 'single:secret');
    await account.control('PUT', '/jobs/pace', { pace: 'held' });
    const id = await startImport(account, mock, 'email\nbob@example.com\n');
    await account.control('POST', `/jobs/${id}/hold`);
    await useAnother();
    expect(isOpen(account)).toBe(true);
  });

  it('goes on with its identifiers where it stood', async () => {
    const make = async (interrupt: () => Promise<void>, server: Mock) => {
      const account = newAccount(server, 'bob:secret');
      const made = [];
      for (const name of ['Readers', 'Members', 'Friends']) {
        made.push(
          rows(await account.call('POST', '/v3/REST/contactslist', { Name: name }))[0].Address,
        );
        made.push((await account.call('GET', '/v4/x')).headers['x-mj-request-guid']);
        await interrupt();
      }
      return made;
    };
    const away = await make(useAnother, mock);
    const other = await startMock({ idSeed: '3' });
    expect(away).toEqual(await make(async () => undefined, other));
    await other.close();
  });

  it('is not the one in use, though others can’t be put away', async () => {
    const held = newAccount(mock);
    await held.control('PUT', '/jobs/pace', { pace: 'held' });
    const id = await startImport(held, mock, 'email\nann@example.com\n');
    await held.control('POST', `/jobs/${id}/hold`);
    for (const account of [newAccount(mock), newAccount(mock)])
      expect((await account.call('GET', '/v3/REST/contact')).status).toBe(200);
    expect(isOpen(held)).toBe(true);
  });

  it('can be once its held job was cancelled', async () => {
    const held = newAccount(mock);
    await held.control('PUT', '/jobs/pace', { pace: 'held' });
    const id = await startImport(held, mock, 'email\nann@example.com\n');
    await held.call('PUT', `/v3/REST/csvimport/${id}`, { Status: 'Abort' });
    await useAnother();
    expect(isOpen(held)).toBe(false);
  });

  it('is never one with an open upload', async () => {
    const account = newAccount(mock);
    const [list] = rows(await account.call('GET', '/v3/REST/contactslist'));
    const upload = http.request(`${mock.url}/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`, {
      method: 'POST',
      auth: account.user,
      agent: false,
      headers: { 'Content-Type': 'text/plain', 'Content-Length': 30 },
    });
    const begun = arrival(`contactslist/${list.ID}/CSVData`);
    upload.write('email\nann@ex');
    await begun;
    for (let i = 0; i < 3; i += 1) await useAnother();
    expect(isOpen(account)).toBe(true);
    const answered = new Promise<number | undefined>((resolve) =>
      upload.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      }),
    );
    upload.end('ample.com\nbob@e.co');
    expect(await answered).toBe(200);
    await isPutAway(account);
  });

  it('is never one whose client waits for calls, or for a delayed answer', async () => {
    const [watched, delayed] = [newAccount(mock), newAccount(mock)];
    const begun = Promise.all([arrival('wait='), arrival('Limit=7')]);
    const waiting = watched.control('GET', '/requests?count=1&wait=1m');
    await delayed.control('POST', '/faults', { delay: '1m' });
    const late = http.get(`${mock.url}/v3/REST/contact?Limit=7`, {
      auth: delayed.user,
      agent: false,
    });
    const left = once(late, 'error');
    await begun;
    await useAnother();
    expect([isOpen(watched), isOpen(delayed)]).toEqual([true, true]);
    await watched.call('GET', '/v3/REST/contact');
    expect((await waiting).requests).toHaveLength(1);
    late.socket?.resetAndDestroy();
    await left;
  });

  it('may be one whose client went away', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { delay: 150 });
    const begun = arrival('Limit=8');
    const request = http.request(`${mock.url}/v3/REST/contact?Limit=8`, {
      auth: account.user,
      agent: false,
    });
    request.on('error', () => undefined);
    request.end();
    await begun;
    request.socket?.resetAndDestroy();
    await isPutAway(account);
    // what the delay held back finds the account gone
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await newAccount(mock).call('GET', '/v3/REST/contact')).status).toBe(200);
  });

  it('that is reset is new when it comes back', async () => {
    const account = newAccount(mock);
    const fresh = (await account.call('GET', '/v3/REST/contact')).body;
    await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    await account.control('POST', '/clock/freeze');
    await useAnother();
    await mock.call('POST', '/_mockjet/reset', { user: '' });
    expect((await account.call('GET', '/v3/REST/contact')).body).toBe(fresh);
    expect((await account.control('GET', '/clock')).isFrozen).toBe(false);
  });

  it('that is removed leaves nothing', async () => {
    const account = newAccount(mock);
    await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    await useAnother();
    await account.control('DELETE', '/account');
    expect(isOpen(account)).toBeUndefined();
    expect((await account.call('GET', '/v3/REST/contact/ann@example.com')).status).toBe(404);
  });
});

describe('many accounts', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ openAccounts: 50 });
  });
  afterAll(() => mock.close());

  it('take little memory: hundreds of them', async () => {
    const count = 300;
    const use = async (from: number) => {
      for (let i = from; i < from + count; i += 1) {
        mock.registry.authenticate(`many${i}`, 'secret');
        // buffers are let go of between turns
        if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return memoryKept();
    };
    // the second hundreds show what each keeps
    const before = await use(0);
    const kept = (await use(count)) - before;
    expect(kept / count).toBeLessThan(40_000);
    expect(mock.registry.accounts().filter(({ isOpen }) => isOpen)).toHaveLength(50);
  });

  it('are put away also when they were made by name', async () => {
    const make = (apiKey: string) =>
      mock.call('POST', '/_mockjet/accounts', { user: '', body: { apiKey, secretKey: 'secret' } });
    for (let i = 0; i < 60; i += 1) expect((await make(`made${i}`)).status).toBe(201);
    const made = mock.registry.accounts().filter(({ apiKey }) => apiKey.startsWith('made'));
    expect(made.filter(({ isOpen }) => isOpen)).toHaveLength(50);
    expect((await mock.call('GET', '/v3/REST/contact', { user: 'made0:secret' })).status).toBe(200);
    expect((await make('made0')).status).toBe(409);
  });
});
