import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { controlRoutes } from '../../src/wire/control/routes.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
const lines: string[] = [];
const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
beforeAll(async () => {
  mock = await startMock({ logger, jsonLimit: 200_000, jsonValues: 1000, bodyLimit: 3_000_000 });
});
afterAll(() => mock.close());
beforeEach(() => void lines.splice(0));

const told = () => lines.filter((line) => line !== 'request');
const spaces = (length: number) => ' '.repeat(length);
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const items = (count: number) => `{"a":[${Array(count).fill('{}').join(',')}]}`;
const page = expect.stringContaining('<h1>413 Request Entity Too Large</h1>');

const rest: [method: string, path: string][] = [
  ['POST', '/v3/REST/contact'],
  ['PUT', '/v3/REST/contactdata/owner@example.com'],
  ['POST', '/v3/REST/contact/managemanycontacts'],
  ['POST', '/v3/REST/contact/owner@example.com/managecontactslists'],
  ['POST', '/v3/REST/csvimport'],
];

describe.each(rest)('%s %s', (method, path) => {
  it.each([
    ['bytes', '--json-limit', {}, spaces(200_001)],
    ['values', '--json-values', {}, items(1001)],
    ['fields of a form', '--json-values', form, 'a=b&'.repeat(1001)],
  ])('answers 413 to too many %s, and the log names %s', async (_what, setting, headers, body) => {
    const answer = await mock.call(method, path, { body, headers });
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([
      413,
      'text/html',
      page,
    ]);
    expect(told()).toEqual([expect.stringContaining(setting)]);
  });

  it('looks at as many', async () => {
    expect((await mock.call(method, path, { body: spaces(200_000) })).status).not.toBe(413);
    expect((await mock.call(method, path, { body: items(900) })).status).not.toBe(413);
  });
});

it.each([
  ['/v3.1/send', {}, items(1001)],
  ['/v3/send', {}, items(1001)],
  ['/v3/send/message', {}, items(1001)],
  ['/v3/send', form, 'a=b&'.repeat(1001)],
])('POST %s counts the values of a mail (%j)', async (path, headers, body) => {
  const answer = await mock.call('POST', path, { body, headers });
  expect([answer.status, told()]).toEqual([413, [expect.stringContaining('--json-values')]]);
  const fewer = await mock.call('POST', path, {
    body: body.replaceAll(/({},|a=b&){101}/g, ''),
    headers,
  });
  expect(fewer.status).toBe(400);
});

describe('the control API', () => {
  const tooLong = {
    status: 413,
    body: expect.stringMatching(/^\{"error":"The body has more than/),
  };
  it.each([
    ['POST', '/faults', 'no setting', '[1]', 1_100_000],
    ['POST', '/jobs/next/end', 'no setting', '{}', 1_100_000],
    ['POST', '/seed', '--json-limit', '{}', 200_001],
    ['POST', '/accounts', '--json-limit', '{}', 200_001],
    ['PUT', '/snapshots/a', '--body-limit', '{}', 3_000_001],
  ])('%s %s has its own limit of bytes: %s', async (method, path, setting, json, bytes) => {
    const body = json.padEnd(bytes);
    expect(await mock.call(method, `/_mockjet${path}`, { body })).toMatchObject(tooLong);
    expect(told()).toEqual([expect.stringContaining(setting)]);
  });

  it('counts values before it reads them', async () => {
    const answer = await mock.call('POST', '/_mockjet/faults', { body: items(1001) });
    expect(answer).toMatchObject(tooLong);
    expect(told()).toEqual([expect.stringContaining('--json-values')]);
  });

  const takeBytes = ['/seed', '/snapshots/:name'];
  const typed = controlRoutes.filter(
    ({ path, body }) => body !== undefined && !takeBytes.includes(path),
  );
  it.each(typed.map(({ method, path }) => [method, path]))(
    '%s %s refuses bytes as a whole, not one by one',
    async (method, path) => {
      const headers = { 'Content-Type': 'application/octet-stream' };
      const body = Buffer.alloc(100_000, 'x');
      const answer = await mock.call(method, `/_mockjet${path}`, { body, headers });
      expect([answer.status, answer.body]).toEqual([
        400,
        '{"error":"Send JSON: the body is of another type"}',
      ]);
    },
  );

  it('takes an upload that is no JSON', async () => {
    const headers = { 'Content-Type': 'application/vnd.sqlite3' };
    const body = Buffer.alloc(2_000_000, ',');
    const answer = await mock.call('PUT', '/_mockjet/snapshots/a', { body, headers });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('database')]);
  });
});

it('a body for a path of nobody is not read', async () => {
  const answer = await mock.call('POST', '/nothing', { body: items(100_000) });
  expect(answer.status).toBe(404);
});

// Clients such as Python's requests send all of it before they read; others look at once.
describe.each([
  ['/v3/REST/contact', 5_000_000],
  ['/v3/REST/contact', 64_000_000],
  ['/v3/DATA/contactslist/LIST/CSVData/text:plain', 20_000_000],
  ['/_mockjet/faults', 20_000_000],
])('the answer to %s with %i bytes', (path, bytes) => {
  const begin = async (headers: http.OutgoingHttpHeaders) => {
    const { ID } = JSON.parse((await mock.call('GET', '/v3/REST/contactslist')).body).Data[0];
    const request = http.request(`${mock.url}${path.replace('LIST', ID)}`, {
      method: 'POST',
      auth: 'public:private',
      headers: { 'Content-Type': 'text/plain', ...headers },
    });
    return { request, answered: once(request, 'response') };
  };
  const block = Buffer.alloc(1_000_000, ' ');

  it('is seen by a client that sends all of it first', async () => {
    const { request, answered } = await begin({ 'Content-Length': bytes });
    for (let sent = 0; sent < bytes; sent += block.length)
      await new Promise<void>((resolve, reject) => {
        request.write(block, (error) => (error == null ? resolve() : reject(error)));
      });
    request.end();
    const [answer] = (await answered) as [http.IncomingMessage];
    expect([answer.statusCode, await text(answer)]).toEqual([
      413,
      expect.stringMatching(/413|more/),
    ]);
  });

  it('is seen by a client that has sent a part of it', async () => {
    const { request, answered } = await begin({ 'Transfer-Encoding': 'chunked' });
    request.on('error', () => {}); // the connection may be cut behind the answer
    for (let sent = 0; sent < 4; sent += 1) request.write(block);
    const [answer] = (await answered) as [http.IncomingMessage];
    expect(answer.statusCode).toBe(413);
    request.destroy();
  });
});

it('more than 64 MB of a refused body are not read', async () => {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.on('error', () => {}).resume();
  const head = `POST /v3/REST/contact HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ${btoa('public:private')}`;
  socket.write(`${head}\r\nContent-Length: 400000000\r\n\r\n`);
  const block = Buffer.alloc(1_000_000, ' ');
  const closed = once(socket, 'close');
  let sent = 0;
  const write = () =>
    new Promise<void>((resolve) => {
      socket.write(block, (error) => {
        if (error == null) sent += 1;
        resolve();
      });
    });
  while (!socket.destroyed && sent < 300) await Promise.race([write(), closed]);
  expect(sent).toBeGreaterThan(60);
  expect(sent).toBeLessThan(150); // what lies in the sockets counts too
});

it('bodies that come in at once are held up to a bound, small ones always', async () => {
  const { createRoom } = await import('../../src/wire/collect-body.ts');
  const room = createRoom(100);
  expect([room.enter(60), room.enter(60)]).toEqual([true, false]);
  room.leave(60);
  room.leave(60);
  expect(room.enter(100)).toBe(true);
});
