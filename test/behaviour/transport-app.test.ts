import { connect as connectTls } from 'node:tls';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryKept } from '../support/memory.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { readAnswer } from '../support/raw-answers.ts';
import { connectionsReach } from '../support/transport-server.ts';
import { type Door, openTcp, openTunnel, waysIn } from '../support/ways-in.ts';

// The whole application under clients that misbehave: what they are told, and what they leave behind.
let mock: Mock;
let door: Door;
let list: string;
const lines: { level: number; msg: string; path?: string }[] = [];
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);
const warning = 40;

beforeAll(async () => {
  process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
  const logger = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) });
  mock = await startMock({ logger, bodyLimit: 100_000 });
  door = { port: Number(new URL(mock.url).port), ca: await mock.identity.caPem() };
  list = JSON.parse((await mock.call('GET', '/v3/REST/contactslist')).body).Data[0].ID;
});
beforeEach(async () => {
  await connectionsReach(mock.server.server, 0);
  lines.splice(0);
});
afterAll(async () => {
  await mock.close();
  process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note);
});

/** Nobody threw, no socket is left, at most one line was written and none of it is an alarm. */
async function expectCalm(atMost = 1): Promise<void> {
  expect(await connectionsReach(mock.server.server, 0)).toBe(0);
  expect(unhandled).toEqual([]);
  expect(lines.length, JSON.stringify(lines)).toBeLessThanOrEqual(atMost);
  expect(lines.filter(({ level }) => level >= warning)).toEqual([]);
  lines.splice(0);
  expect((await mock.call('GET', '/v3/REST/contact')).status).toBe(200);
  await expect.poll(() => lines.splice(0).length).toBe(1);
}

const authorized = `Authorization: Basic ${Buffer.from('public:private').toString('base64')}`;
const post = (path: string, more: string) =>
  `POST ${path} HTTP/1.1\r\nHost: api.mailjet.com\r\n${authorized}\r\n${more}`;
const page = (title: string) => `<head><title>${title}</title></head>`;

const noRequests = [
  { name: 'a bad request line', bytes: 'GET\r\n\r\n', title: '400 Bad Request' },
  {
    name: 'no HTTP',
    bytes: 'GET /v3/REST/contact SPDY/1\r\n\r\n',
    title: '400 Bad Request',
  },
  {
    name: 'a header without a colon',
    bytes: 'GET /v3/REST/contact HTTP/1.1\r\nHost: a\r\nwhat\r\n\r\n',
    title: '400 Bad Request',
  },
  {
    name: 'headers of 600 KB',
    bytes: `GET /v3/REST/contact HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(600_000)}\r\n\r\n`,
    title: '431 Request Header Fields Too Large',
  },
  {
    name: 'a Content-Length that is none',
    bytes: post('/v3/REST/contact', 'Content-Length: ten\r\n\r\n'),
    title: '400 Bad Request',
  },
  {
    name: 'a broken chunk of JSON',
    bytes: post('/v3/REST/contact', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n'),
    title: '400 Bad Request',
  },
  {
    name: 'a broken chunk of CSV',
    bytes: post(
      '/v3/DATA/contactslist/LIST/csvdata/text:plain',
      'Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nemail\r\nzz\r\n',
    ),
    title: '400 Bad Request',
  },
];

const ways = ['plain HTTP', 'HTTPS with SNI', 'CONNECT and TLS'];

describe.each(waysIn.filter(({ name }) => ways.includes(name)))('by $name', ({ open }) => {
  test.each(noRequests)('$name is answered with a page', async ({ bytes, title }) => {
    const socket = await open(door);
    socket.on('error', () => {});
    const answering = readAnswer(socket);
    socket.write(bytes.replace('LIST', list));
    const answer = await answering;
    socket.end().resume();
    expect(answer).toMatchObject({
      status: Number(title.slice(0, 3)),
      head: expect.stringMatching(/Content-Type: text\/html\r\n(.|\r\n)*Connection: close/),
      body: expect.stringContaining(page(title)),
    });
    await expectCalm();
  });

  test.each([
    ['amid JSON', 'POST', '/v3/REST/contact', 'application/json'],
    ['amid CSV', 'POST', '/v3/DATA/contactslist/LIST/csvdata/text:plain', 'text/plain'],
    ['amid a call of /v4', 'DELETE', '/v4/contacts/1', 'application/json'],
  ])('a client that leaves %s is no news', async (_when, _method, path, type) => {
    for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const socket = await open(door);
      socket.on('error', () => {}).resume();
      const head = post(
        path.replace('LIST', list),
        `Content-Type: ${type}\r\nContent-Length: 99\r\n\r\n`,
      );
      await new Promise((resolve) => socket.write(`${head}{"Email":`, resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      // TLS sockets have no reset of their own
      if (leave === 'resetAndDestroy' && 'encrypted' in socket) socket.destroy();
      else socket[leave]();
      await expectCalm();
    }
  });
});

test('what a client left behind amid an upload is not stored', async () => {
  const path = `/v3/DATA/contactslist/${list}/csvdata/text:plain`;
  const socket = await openTcp(door);
  socket.on('error', () => {});
  socket.write(post(path, 'Content-Type: text/plain\r\nContent-Length: 99\r\n\r\nemail\n'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await expectCalm();
  expect((await mock.call('GET', path)).status).toBe(404);
});

test('a body over the limit is answered while the client still sends', async () => {
  const socket = await openTcp(door);
  socket.on('error', () => {});
  const answer = readAnswer(socket);
  socket.write(post('/v3/REST/contact', 'Content-Length: 50000000\r\n\r\n'));
  socket.write('x'.repeat(1_000_000));
  expect(await answer).toMatchObject({
    status: 413,
    body: expect.stringContaining(page('413 Request Entity Too Large')),
  });
  socket.destroy();
  await expectCalm(3); // why, the rest that never came, and the request
});

test('a port scan of 200 sockets, silent, closed, or with a byte of TLS, leaves nothing', async () => {
  const sockets = await Promise.all(Array.from({ length: 200 }, () => openTcp(door)));
  for (const [n, socket] of sockets.entries()) {
    socket.on('error', () => {});
    if (n % 4 === 1) socket.write('\x16');
    if (n % 4 === 2) socket.write('\x16\x03\x01\0\xc8\x01', 'latin1');
    if (n % 4 === 3) socket.end();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const socket of sockets) socket.resetAndDestroy();
  await expectCalm(0);
});

test('50 TLS handshakes that are given up, in and out of tunnels, leave nothing', async () => {
  for (let n = 0; n < 50; n++) {
    const socket = n % 2 === 0 ? await openTcp(door) : await openTunnel(door);
    const secured = connectTls({ socket, ca: door.ca, servername: 'api.mailjet.com' });
    secured.on('error', () => {});
    socket.on('error', () => {});
    await new Promise((resolve) => setTimeout(resolve, n % 5));
    socket.destroy();
  }
  await expectCalm(0);
});

test('TLS of a kind we do not speak is one line', async () => {
  const socket = connectTls({
    port: door.port,
    host: '127.0.0.1',
    ca: door.ca,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  await new Promise((resolve) => socket.once('error', resolve));
  await expectCalm();
});

test('a thousand requests on connections of their own give their memory back', async () => {
  const spend = async () => {
    for (let n = 0; n < 500; n++) {
      const socket = await openTcp(door);
      socket.on('error', () => {});
      socket.write(n % 2 === 0 ? 'GARBAGE\r\n\r\n' : '\x16\x03\x01\xff\xff', 'latin1');
      socket.resume();
      socket.destroy();
    }
    expect(await connectionsReach(mock.server.server, 0)).toBe(0);
    lines.splice(0);
    return memoryKept();
  };
  const before = await spend();
  const after = await spend();
  expect(after - before).toBeLessThan(2 * 1024 * 1024);
});
