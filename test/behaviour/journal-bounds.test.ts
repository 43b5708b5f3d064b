import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJournal } from '../../src/control/journal.ts';
import { startMockjet } from '../../src/index.ts';
import { newAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe('a journal', () => {
  /** A call whose body is looked at `looks.count` times. */
  const looks = { count: 0 };
  const call = (operation: string, text = '') => ({
    at: 0,
    operation,
    method: 'GET',
    url: '/',
    headers: {},
    unread: [],
    body: {
      get text() {
        looks.count += 1;
        return text;
      },
      size: text.length,
    },
    status: 200,
    answer: undefined,
    duration: 0,
  });

  it('makes nothing readable for those who wait, however full it is', async () => {
    const journal = createJournal({ calls: 1000, size: 1_000_000_000 });
    for (let n = 0; n < 1000; n += 1) journal.add(call('contact get', '{"a":1}'));
    const waits = Array.from({ length: 200 }, () =>
      journal.wait({ operation: 'contact get' }, 1_000_000, 60_000),
    );
    looks.count = 0;
    journal.add(call('contact get', '{"a":1}'));
    expect(looks.count).toBeLessThan(10);
    journal.close();
    await Promise.all(waits);
  });

  it('counts for a wait what is kept: what was dropped or cleared no more', async () => {
    const journal = createJournal({ calls: 2, size: 1_000_000_000 });
    let isDone = false;
    const wait = journal.wait({ operation: 'wanted' }, 2, 60_000).then((found) => {
      isDone = true;
      return found.length;
    });
    for (const operation of ['wanted', 'other', 'other', 'wanted']) journal.add(call(operation));
    journal.clear();
    journal.add(call('wanted'));
    await Promise.resolve();
    expect(isDone).toBe(false);
    journal.add(call('wanted'));
    expect(await wait).toBe(2);
  });

  it('refuses more waits than it can look after', () => {
    const journal = createJournal({ calls: 10, size: 1_000_000_000 });
    for (let n = 0; n < 500; n += 1) void journal.wait({}, 1, 60_000);
    expect(() => journal.wait({}, 1, 60_000)).toThrow(/500 waits/);
    journal.close();
  });

  it('drops its oldest calls when it has too many characters', () => {
    const journal = createJournal({ calls: 1000, size: 100_000 });
    for (let n = 0; n < 50; n += 1) journal.add(call('contact get', 'x'.repeat(10_000)));
    expect(journal.find({}).length).toBeLessThan(11);
    expect(journal.find({}).length + journal.dropped).toBe(50);
  });

  it('keeps a part of a head that is large', async () => {
    const account = newAccount(mock);
    await account.try('DELETE', '/requests');
    await mock.call('GET', `/v3/REST/contact?${'a=b&'.repeat(20_000)}`, {
      user: account.user,
      headers: { 'X-Long': 'x'.repeat(100_000) },
    });
    const { requests } = await account.control('GET', '/requests');
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(requests).length).toBeLessThan(30_000);
  });
});

it('no entry of the journal holds a secret', async () => {
  const account = newAccount(mock, 'reader:a-secret-of-its-own');
  const headers = {
    'Proxy-Authorization': 'Basic a-secret-of-its-own',
    'X-Mockjet-Token': 'a-secret-of-its-own',
  };
  const { user } = account;
  await mock.call('GET', '/v3/REST/apikey', { user, headers });
  await mock.call('POST', '/v3/REST/contact', {
    user,
    body: { Email: 'ann@example.com', secretkey: 'a-secret-of-its-own' },
  });
  await mock.call('POST', '/v3/REST/contact', {
    user,
    body: 'Email=a%40b.com&SecretKey=a-secret-of-its-own',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  const { requests } = await account.control('GET', '/requests');
  expect(requests).toHaveLength(3);
  expect(JSON.stringify(requests)).not.toContain('a-secret-of-its-own');
  expect(JSON.stringify(requests)).toContain('***');
});

describe('a call that a delay holds', () => {
  it('is ended when its account is removed', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { delay: '10m' });
    const held = account.call('GET', '/v3/REST/contact').then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(async () => (await account.control('GET', '/faults')).faults[0].hits).toBe(1);
    await account.control('DELETE', '/account');
    expect(await held).toBe('cut');
  });

  it('keeps no server from closing', async () => {
    const server = await startMockjet();
    await server.defaultAccount.faults.add({ delay: '10m' });
    const request = http.get(`${server.url}/v3/REST/contact`, {
      auth: `${server.apiKey}:${server.secretKey}`,
    });
    const cut = once(request, 'error');
    await expect.poll(async () => (await server.defaultAccount.faults.list())[0]?.hits).toBe(1);
    await server.close();
    expect(String(await cut)).toMatch(/hang up|ECONNRESET/);
    expect(
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
    ).toBeLessThan(5);
  });
});

it('a sort by more terms than anybody has is refused in words of the API', async () => {
  const answer = await mock.call('GET', `/v3/REST/contact?Sort=${'ID,'.repeat(2500)}Email`);
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('Cannot sort on')]);
});
