import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount, rows } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const server = (method: string, path: string, body?: unknown) =>
  mock.call(method, `/_mockjet${path}`, { user: '', ...(body === undefined ? {} : { body }) });

describe('accounts', () => {
  it('are made with keys of 32 hexadecimal digits, and let in by them', async () => {
    const { status, body } = await server('POST', '/accounts', { name: 'Bookshop' });
    expect(status).toBe(201);
    const { apiKey, secretKey, name } = JSON.parse(body);
    expect([apiKey, secretKey]).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.any(String),
    ]);
    expect(name).toBe('Bookshop');
    const account = newAccount(mock, `${apiKey}:${secretKey}`);
    expect(rows(await account.call('GET', '/v3/REST/apikey'))[0].Name).toBe('Bookshop');
    const { accounts } = JSON.parse((await server('GET', '/accounts')).body);
    expect(accounts).toContainEqual({ apiKey, name: 'Bookshop', isOpen: true });
  });

  it('are made with given keys and a seed, once', async () => {
    const wanted = {
      apiKey: 'given',
      secretKey: 'keys:too',
      seed: { contacts: [{ email: 'ann.lee@example.com' }] },
    };
    expect((await server('POST', '/accounts', wanted)).status).toBe(201);
    const account = newAccount(mock, 'given:keys:too');
    expect((await account.call('GET', '/v3/REST/contact/ann.lee@example.com')).status).toBe(200);
    expect(await server('POST', '/accounts', wanted)).toMatchObject({
      status: 409,
      body: expect.stringContaining('an account with the key given already'),
    });
  });

  it('are made for the pair that the call itself comes with, as over a balancer', async () => {
    const user = 'own:pair';
    const pair = { apiKey: 'own', secretKey: 'pair' };
    const seed = { contacts: [{ email: 'ann.lee@example.com' }] };
    const make = async (body: object, as = user) => {
      const { status, body: text } = await mock.call('POST', '/_mockjet/accounts', {
        user: as,
        body,
      });
      return { status, name: JSON.parse(text).name };
    };
    const account = newAccount(mock, user);
    const made = await make({ ...pair, name: 'Bookshop', idSeed: '7', seed });
    expect(made).toEqual({ status: 201, name: 'Bookshop' });
    expect((await account.call('GET', '/v3/REST/contact/ann.lee@example.com')).status).toBe(200);
    // it is there already: asked for once more it stays, and takes a seed
    const more = { contacts: [{ email: 'bob@example.com' }] };
    expect(await make({ ...pair, seed: more })).toEqual({ status: 201, name: 'Bookshop' });
    expect((await account.call('GET', '/v3/REST/contact/bob@example.com')).status).toBe(200);
    expect((await account.call('GET', '/v3/REST/contact/ann.lee@example.com')).status).toBe(200);
    // but no name or IDs that it has not
    expect((await make({ ...pair, idSeed: '8' })).status).toBe(409);
    expect((await make({ ...pair, secretKey: 'other' })).status).toBe(409);
    expect((await make(pair, 'own:wrong')).status).toBe(401);
  });

  it('are not made at all when their seed does not fit', async () => {
    const seed = { contacts: [{ email: 'ann.lee@example.com', lists: ['Nowhere'] }] };
    const answer = await server('POST', '/accounts', { apiKey: 'unseeded', secretKey: 'a', seed });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toBe('contacts[0].lists[0]: there is no list "Nowhere"');
    // the key is free: another secret opens it
    expect((await mock.call('GET', '/v3/REST/contact', { user: 'unseeded:b' })).status).toBe(200);
  });

  it.each([
    ['a colon in the key', { apiKey: 'a:b' }, 'apiKey: '],
    ['an unknown member', { keys: 'a' }, 'keys'],
    ['a seed that is none', { seed: { contacts: [{ mail: 'a' }] } }, 'seed.contacts.0.email'],
  ])('are refused with %s', async (_what, body, words) => {
    const answer = await server('POST', '/accounts', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
  });

  it('tell what they hold', async () => {
    const account = newAccount(mock);
    const before = await account.control('GET', '/account');
    expect(before).toMatchObject({ contacts: 1, lists: 1, properties: 4, jobs: 0, openJobs: 0 });
    await account.call('POST', '/v3/REST/contact', { Email: 'ann.lee@example.com' });
    const after = await account.control('GET', '/account');
    expect(after).toMatchObject({ contacts: 2, pace: { pace: 'instant', stateMs: 1 } });
    expect(after.bytes).toBeGreaterThan(50_000);
    expect(after.clock.isFrozen).toBe(false);
  });

  it('are removed with all they hold', async () => {
    const account = newAccount(mock);
    await account.call('POST', '/v3/REST/contact', { Email: 'ann.lee@example.com' });
    await account.control('POST', '/snapshots', { name: 'kept' });
    expect((await account.try('DELETE', '/account')).status).toBe(204);
    expect((await account.call('GET', '/v3/REST/contact/ann.lee@example.com')).status).toBe(404);
    expect(await account.control('GET', '/snapshots')).toEqual({ snapshots: [] });
  });

  it('need credentials to be told or removed', async () => {
    expect((await server('GET', '/account')).status).toBe(401);
    expect((await server('DELETE', '/account')).status).toBe(401);
  });
});

it('keeps the configured account, and lets in only it and those that were made', async () => {
  const locked = await startMock({ apiKey: 'main', secretKey: 'pair' });
  const main = newAccount(locked, 'main:pair');
  expect((await main.try('DELETE', '/account')).status).toBe(409);
  expect((await main.call('GET', '/v3/REST/contact')).status).toBe(200);
  expect((await newAccount(locked, 'other:pair').call('GET', '/v3/REST/contact')).status).toBe(401);
  await locked.call('POST', '/_mockjet/accounts', {
    user: '',
    body: { apiKey: 'other', secretKey: 'pair' },
  });
  expect((await newAccount(locked, 'other:pair').call('GET', '/v3/REST/contact')).status).toBe(200);
  await locked.close();
});

describe('reset', () => {
  const use = async (account: ReturnType<typeof newAccount>) => {
    await account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
    const list = await account.call('POST', '/v3/REST/contactslist', { Name: 'Readers' });
    const contact = await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    const lost = await account.call('GET', '/v4/contact/1');
    return [list, contact, lost].map(({ status, body, headers }) => ({ status, body, headers }));
  };

  it('makes an account new: the same calls give the same bytes, identifiers included', async () => {
    const account = newAccount(mock);
    const first = await use(account);
    expect(first.map(({ status }) => status)).toEqual([201, 201, 404]);
    await account.control('POST', '/reset');
    expect(await use(account)).toEqual(first);
  });

  it('forgets clock, pace, faults, rate limit, calls and coverage, and keeps snapshots', async () => {
    const account = newAccount(mock);
    const shown = async () => {
      const paths = ['/jobs/pace', '/faults', '/rate-limit', '/requests', '/coverage'];
      const all = await Promise.all(paths.map((path) => account.control('GET', path)));
      return [...all, (await account.control('GET', '/clock')).isFrozen];
    };
    const fresh = await shown();
    await use(account);
    await account.control('PUT', '/jobs/pace', { pace: 'held', stateMs: 9 });
    await account.control('POST', '/faults', { status: 500, count: 1 });
    await account.control('PUT', '/rate-limit', { capacity: 5, perSecond: 1 });
    await account.control('POST', '/snapshots', { name: 'kept' });
    for (const [index, part] of (await shown()).entries()) expect(part).not.toEqual(fresh[index]);
    await account.control('POST', '/reset');
    expect(await shown()).toEqual(fresh);
    expect((await account.control('GET', '/snapshots')).snapshots).toHaveLength(1);
  });

  it('without credentials makes every account new', async () => {
    const own = await startMock();
    const [ann, bob] = [newAccount(own), newAccount(own)];
    for (const account of [ann, bob])
      await account.call('POST', '/v3/REST/contact', { Email: 'x@example.com' });
    await own.call('POST', '/_mockjet/faults', { user: '', body: { status: 500 } });
    expect((await own.call('POST', '/_mockjet/reset', { user: '' })).status).toBe(204);
    for (const account of [ann, bob])
      expect((await account.call('GET', '/v3/REST/contact/x@example.com')).status).toBe(404);
    await own.close();
  });
});
