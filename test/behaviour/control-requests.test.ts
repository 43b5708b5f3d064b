import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const addContact = (account: TestAccount, Email: string) =>
  account.call('POST', '/v3/REST/contact', { Email });

describe('the rate limit', () => {
  it('empties with calls and fills on the account’s clock', async () => {
    const account = newAccount(mock);
    const status = async () => (await account.call('GET', '/v3/REST/contact')).status;
    await account.control('POST', '/clock/freeze');
    await account.control('PUT', '/rate-limit', { capacity: 2, perSecond: 1 });
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    await account.control('POST', '/clock/advance', { by: '1s' });
    expect((await account.control('GET', '/rate-limit')).rateLimit).toEqual({
      capacity: 2,
      perSecond: 1,
      left: 1,
    });
    expect([await status(), await status()]).toEqual([200, 429]);
    await account.control('POST', '/clock/advance', { by: '-1d' });
    expect(await status()).toBe(429);
    await account.control('DELETE', '/rate-limit');
    expect(await status()).toBe(200);
    expect(await account.control('GET', '/rate-limit')).toEqual({ rateLimit: null });
  });

  it('leaves the call its name in the record and in coverage', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze');
    await account.control('PUT', '/rate-limit', { capacity: 1, perSecond: 0 });
    await account.call('GET', '/v3/REST/contactslist');
    for (const [method, path] of [
      ['POST', '/v3/REST/contact/1/managecontactslists'],
      ['DELETE', '/v4/contacts/1'],
      ['GET', '/v3/DATA/batchjob/1/CSVError/text:csv'],
    ] as const)
      expect((await account.call(method, path)).status).toBe(429);
    const { requests } = await account.control('GET', '/requests');
    const names = requests.map(({ operation }: { operation: string }) => operation);
    expect(names).toEqual([
      'contactslist list',
      'contact managecontactslists post',
      'contacts delete',
      'csverror get',
    ]);
    const { operations } = await account.control('GET', '/coverage');
    const called = operations.filter(({ calls }: { calls: number }) => calls > 0);
    expect(called.map(({ operation }: { operation: string }) => operation).sort()).toEqual(
      names.toSorted(),
    );
  });

  it.each([{}, { capacity: 0, perSecond: 1 }, { capacity: 1, perSecond: -1 }])(
    'is refused: %j',
    async (body) => {
      expect((await newAccount(mock).try('PUT', '/rate-limit', { body })).status).toBe(400);
    },
  );
});

describe('requests', () => {
  const list = async (account: TestAccount, query = '') =>
    (await account.control('GET', `/requests${query}`)).requests;

  it('show what came and what was answered, without credentials', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00.250Z' });
    await account.call('GET', '/v3/REST/contact?Limit=1&limt=2&Nonsense=x');
    const [call] = await list(account);
    expect(call).toMatchObject({
      id: 1,
      at: '2026-03-01T09:00:00.250Z',
      operation: 'contact list',
      method: 'GET',
      path: '/v3/REST/contact',
      query: { Limit: '1', limt: '2', Nonsense: 'x' },
      unread: ['limt', 'Nonsense'],
      status: 200,
      answer: { Count: 1 },
    });
    expect(JSON.stringify(call)).not.toMatch(/authorization|secret/i);
    expect(call.duration).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['?operation=contact%20create', 2],
    ['?method=post', 3],
    ['?path=/v3/rest/contactslist', 1],
    ['?status=400', 1],
    ['?email=ANN@example.com', 2],
    ['?operation=contact%20create&status=201', 1],
    ['', 4],
  ])('are found by %s', async (query, count) => {
    const account = newAccount(mock);
    await addContact(account, 'ann@example.com');
    await addContact(account, 'no-address');
    await account.call('POST', '/v3/REST/contactslist', { Name: 'Readers' });
    await account.call('GET', '/v3/REST/contact/ann%40example.com');
    expect(await list(account, query)).toHaveLength(count);
  });

  it('are waited for', async () => {
    const account = newAccount(mock);
    const waiting = list(account, '?operation=contact%20create&count=3&wait=1m');
    for (const name of ['ann', 'bob', 'cat']) await addContact(account, `${name}@example.com`);
    expect(await waiting).toHaveLength(3);
  });

  it('that do not come are told of, with what came near', async () => {
    const account = newAccount(mock);
    await addContact(account, 'ann@example.com');
    const answer = await account.try(
      'GET',
      '/requests?operation=contact%20create&count=2&wait=50ms',
    );
    expect(answer.status).toBe(408);
    expect(JSON.parse(answer.body).error).toBe(
      'Waited for 2 calls with operation contact create, and there were 1. The last calls were: POST /v3/REST/contact 201 (contact create)',
    );
  });

  it('are bounded: the oldest are dropped and counted', async () => {
    const own = await startMock({ journal: 3 });
    const account = newAccount(own);
    for (let i = 0; i < 5; i += 1) await account.call('GET', `/v3/REST/contact/${i + 1}`);
    const { requests, dropped } = await account.control('GET', '/requests');
    expect(requests.map((call: { id: number }) => call.id)).toEqual([3, 4, 5]);
    expect(dropped).toBe(2);
    await own.close();
  });

  it('are bounded in what they hold together, too', async () => {
    const own = await startMock({ journalBytes: 20_000 });
    const account = newAccount(own);
    for (let i = 0; i < 5; i += 1)
      await account.call('POST', '/v3/REST/contact', {
        Email: `a${i}@example.com`,
        Name: 'x'.repeat(5000),
      });
    const { requests, dropped } = await account.control('GET', '/requests');
    expect([requests.length, dropped]).toEqual([3, 2]);
    expect(requests[2].body.Email).toBe('a4@example.com');
    await own.close();
  });

  it('show the beginning of a long body, and how long it was', async () => {
    const account = newAccount(mock);
    const long = JSON.stringify({ Email: 'ann@example.com', Name: 'x'.repeat(40_000) });
    await account.call('POST', '/v3/REST/contact', long);
    await addContact(account, 'bob@example.com');
    const [{ body }, short] = await list(account);
    const kept = 16 * 1024;
    expect(body).toBe(`${long.slice(0, kept)}… (${long.length} bytes)`);
    expect(short.body).toEqual({ Email: 'bob@example.com' });
  });

  it('are cleared, and name the fault that was applied', async () => {
    const account = newAccount(mock);
    await account.call('GET', '/v3/REST/contact');
    await account.control('DELETE', '/requests');
    expect(await list(account)).toEqual([]);
    await account.control('POST', '/faults', { error: 'tooManyRequests', count: 1 });
    await account.call('GET', '/v3/REST/contact');
    expect((await list(account))[0]).toMatchObject({ fault: '1: tooManyRequests', status: 429 });
  });

  it('do not hold the control API’s own calls', async () => {
    const account = newAccount(mock);
    await account.control('GET', '/clock');
    expect(await list(account)).toEqual([]);
  });

  it.each(['?wait=soon', '?count=0', '?opertion=a', '?wait=-1'])('%s is refused', async (query) => {
    expect((await newAccount(mock).try('GET', `/requests${query}`)).status).toBe(400);
  });
});
