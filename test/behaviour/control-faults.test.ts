import { once } from 'node:events';
import http from 'node:http';
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

describe('faults', () => {
  const getContact = '/v3/REST/contact/owner@example.com';
  const page = 'text/html';
  it.each([
    ['tooManyRequests', 429, page, page, ''],
    ['unauthorized', 401, page, 'application/json; charset=UTF-8', ''],
    [
      'operationNotAllowed',
      401,
      'application/json',
      'application/json; charset=UTF-8',
      'Operation not allowed',
    ],
    ['notFound', 404, 'application/json', 'application/json; charset=UTF-8', 'Object not found'],
    [
      'unexpected',
      500,
      'application/json',
      'application/json; charset=UTF-8',
      'An Unexpected Error',
    ],
    ['badGateway', 502, page, page, 'Bad Gateway'],
    ['serviceUnavailable', 503, page, page, 'Service Unavailable'],
    ['gatewayTimeout', 504, page, page, 'Gateway Time-out'],
  ])('named %s answer %i in the dialect of the path', async (error, status, old, young, words) => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { error });
    const [first, second] = [
      await account.call('GET', getContact),
      await account.call('DELETE', '/v4/contacts/1'),
    ];
    expect([first.status, second.status]).toEqual([status, status]);
    expect([first.headers['content-type'], second.headers['content-type']]).toEqual([old, young]);
    for (const { body } of [first, second]) expect(body).toContain(words);
    await account.control('DELETE', '/faults');
    expect((await account.call('GET', getContact)).status).toBe(200);
  });

  it.each([204, 304])('of %i with a body are refused: there is none', async (status) => {
    const answer = await newAccount(mock).try('POST', '/faults', { body: { status, body: 'x' } });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('has no body')]);
  });

  it('answer any status, headers and body', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', {
      status: 418,
      headers: { 'Retry-After': '7' },
      body: '{"tea":true}',
    });
    const answer = await account.call('GET', getContact);
    expect(answer).toMatchObject({ status: 418, body: '{"tea":true}' });
    expect(answer.headers['retry-after']).toBe('7');
  });

  it('with a status alone answer an error of the dialect', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { status: 503 });
    const answer = await account.call('GET', getContact);
    expect(JSON.parse(answer.body).StatusCode).toBe(503);
  });

  it('delay an answer', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { delay: '50ms' });
    expect((await account.call('GET', getContact)).status).toBe(200);
    const { requests } = await account.control('GET', '/requests');
    expect(requests[0].duration).toBeGreaterThan(45);
  });

  it('with a delay hold up nobody else', async () => {
    const [slow, quick] = [newAccount(mock), newAccount(mock)];
    const { id } = await slow.control('POST', '/faults', { delay: '1m' });
    const waiting = http.get(`${mock.url}${getContact}`, { auth: slow.user, agent: false });
    const ended = once(waiting, 'error');
    await expect
      .poll(async () => (await slow.control('GET', '/faults')).faults, { timeout: 20_000 })
      .toMatchObject([{ id, hits: 1 }]);
    expect((await quick.call('GET', getContact)).status).toBe(200);
    expect((await slow.control('GET', '/requests')).requests).toEqual([]);
    waiting.socket?.resetAndDestroy();
    await ended;
  });

  it.each([
    ['before', false],
    ['during', true],
    ['after', true],
  ])('cut the connection %s the answer', async (cut, isCarriedOut) => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { method: 'POST', cut });
    const seen = await rawPost(mock, account, { Email: 'ann@example.com' });
    const found = await account.call('GET', '/v3/REST/contact/ann@example.com');
    expect(found.status).toBe(isCarriedOut ? 200 : 404);
    if (cut === 'before') expect(seen).toEqual({ status: undefined, isWhole: false, length: 0 });
    if (cut === 'during') {
      expect(seen).toMatchObject({ status: 201, isWhole: false });
      expect(seen.length).toBeGreaterThan(10);
    }
    if (cut === 'after') expect(seen).toMatchObject({ status: 201, isWhole: true });
  });

  it.each([
    ['truncated', /^\{ "Count" : 1.*[^}]$/],
    ['not-json', /^<html>/],
  ])('spoil a body: %s', async (malformed, shape) => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { malformed });
    const answer = await account.call('GET', getContact);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(shape);
    expect(() => JSON.parse(answer.body)).toThrow();
    expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.body));
  });

  it('count what they met, and stay readable when they are spent', async () => {
    const account = newAccount(mock);
    const { id } = await account.control('POST', '/faults', { status: 500, count: 2 });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await account.call('GET', getContact)).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
    expect((await account.control('GET', '/faults')).faults).toEqual([
      { id, status: 500, count: 2, seen: 2, hits: 2, isActive: false },
    ]);
    expect((await account.try('DELETE', `/faults/${id}`)).status).toBe(204);
    expect((await account.try('DELETE', `/faults/${id}`)).status).toBe(404);
  });

  it('meet the nth call that fits, no other', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', {
      operation: 'Contact create',
      nth: 2,
      error: 'tooManyRequests',
    });
    const statuses = [];
    for (const name of ['ann', 'bob', 'cat']) {
      statuses.push((await account.call('GET', getContact)).status);
      statuses.push((await addContact(account, `${name}@example.com`)).status);
    }
    expect(statuses).toEqual([200, 201, 200, 429, 200, 201]);
  });

  it('live for their time on the account’s clock', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze');
    await account.control('POST', '/faults', { status: 500, ttl: '1h' });
    expect((await account.call('GET', getContact)).status).toBe(500);
    await account.control('POST', '/clock/advance', { by: '59m' });
    expect((await account.call('GET', getContact)).status).toBe(500);
    await account.control('POST', '/clock/advance', { by: '1m' });
    expect((await account.call('GET', getContact)).status).toBe(200);
  });

  it.each([
    [{ path: '/v3/rest/contact*' }, 500, 500, 200],
    [{ path: '/v3/REST/contact' }, 200, 200, 200],
    [{ method: 'post' }, 200, 500, 200],
    [{ operation: 'contact get' }, 500, 200, 200],
    [{ operation: 'contacts delete' }, 200, 200, 500],
    [{ method: 'DELETE', path: '/v4/*' }, 200, 200, 500],
  ])('are for the calls that fit: %j', async (match, get, action, remove) => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { ...match, status: 500 });
    const lists = `${getContact}/managecontactslists`;
    const statuses = [
      (await account.call('GET', getContact)).status,
      (
        await account.call('POST', lists, {
          ContactsLists: [],
        })
      ).status,
      (await account.call('DELETE', '/v4/contacts/1')).status,
    ];
    expect(statuses.map((status) => (status === 500 ? 500 : 200))).toEqual([get, action, remove]);
  });

  it('are for DATA too', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/faults', { operation: 'csvdata post', error: 'unexpected' });
    const answer = await mock.call('POST', '/v3/DATA/contactslist/1/CSVData/text:plain', {
      user: account.user,
      body: 'email\n',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(answer.status).toBe(500);
  });

  it('of the server are for every account', async () => {
    const own = await startMock();
    await own.call('POST', '/_mockjet/faults', { user: '', body: { status: 503 } });
    expect((await newAccount(own).call('GET', getContact)).status).toBe(503);
    expect((await newAccount(own).call('GET', getContact)).status).toBe(503);
    expect(
      JSON.parse((await own.call('GET', '/_mockjet/faults', { user: '' })).body).faults[0].hits,
    ).toBe(2);
    await own.close();
  });

  it.each([
    [{}, 'say what shall happen'],
    [{ error: 'teapot' }, 'error'],
    [{ status: 99 }, 'status'],
    [{ status: 500, operation: 'contact creat' }, 'there is no operation'],
    [{ status: 500, headers: { 'X-A': 'a\r\nX-B: b' } }, 'headers'],
    [{ status: 500, ttl: -1 }, 'ttl'],
    [{ delay: '1d' }, 'delay'],
    [{ cut: 'sometimes' }, 'cut'],
    [{ status: 500, nth: 0 }, 'nth'],
    [{ status: 500, staus: 1 }, 'staus'],
  ])('are refused where they make no sense: %j', async (body, words) => {
    const account = newAccount(mock);
    const answer = await account.try('POST', '/faults', { body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
    expect((await account.control('GET', '/faults')).faults).toEqual([]);
  });
});

/** What a client sees whose connection may be cut. */
function rawPost(
  { url }: Mock,
  { user }: TestAccount,
  body: unknown,
): Promise<{ status: number | undefined; isWhole: boolean; length: number }> {
  return new Promise((resolve) => {
    let length = 0;
    const request = http.request(`${url}/v3/REST/contact`, {
      method: 'POST',
      auth: user,
      agent: false,
    });
    request.on('error', () => resolve({ status: undefined, isWhole: false, length }));
    request.on('response', (response) => {
      const end = () =>
        resolve({ status: response.statusCode, isWhole: response.complete, length });
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('error', () => undefined);
      response.on('close', end);
    });
    request.end(JSON.stringify(body));
  });
}
