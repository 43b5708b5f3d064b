import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bulk } from '../support/bulk.ts';
import { memoryKept } from '../support/memory.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { connectionsReach } from '../support/transport-server.ts';

let mock: Mock;
let port: number;
const lines: string[] = [];
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  mock = await startMock({ logger, bodyLimit: 2_000_000, controlToken: 'token-never-shown' });
  port = Number(new URL(mock.url).port);
});
afterAll(() => mock.close());

const head = (path: string, more: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${Buffer.from('public:private').toString('base64')}\r\n${more}\r\n`;

it('a thousand idle connections leave room for others', async () => {
  const idle = await Promise.all(
    Array.from({ length: 1000 }, async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      return socket;
    }),
  );
  expect((await mock.call('GET', '/v3/REST/contact')).status).toBe(200);
  for (const socket of idle) socket.destroy();
});

it('a request that comes byte by byte is answered, and others meanwhile', async () => {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const body = '{"Email":"slow@example.com"}';
  const bytes = head('/v3/REST/contact', `Connection: close\r\nContent-Length: ${body.length}\r\n`);
  for (const byte of bytes + body) {
    socket.write(byte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await mock.call('GET', '/v3/REST/contact')).status).toBe(200);
  let answer = '';
  for await (const part of socket) answer += part;
  expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
});

it('answers 10,000 requests on one connection', { timeout: 60_000 }, async () => {
  const socket = connect(port, '127.0.0.1');
  const one = head('/v3/REST/contact', '').replace('POST', 'GET');
  let answers = 0;
  const all = new Promise<void>((resolve) => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      answers += text.split('HTTP/1.1 200 OK').length - 1;
      // an answer may be cut within its status line: the last one is told by its end
      if (text.includes('Connection: close')) resolve();
    });
    socket.on('close', () => resolve());
  });
  for (let n = 0; n < 9_999; n += 1) socket.write(one);
  socket.write(head('/v3/REST/contact', 'Connection: close\r\n').replace('POST', 'GET'));
  await all;
  expect(answers).toBeGreaterThan(9_900);
  socket.destroy();
});

it('does not inflate a compressed body', async () => {
  const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));
  expect(bomb.length).toBeLessThan(2_000_000);
  const headers = { 'Content-Encoding': 'gzip', 'Content-Length': bomb.length };
  const answer = await mock.call('POST', '/v3/REST/contact', { body: bomb, headers });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatch(/Invalid json input: (?!unexpected end)/);
});

it('bodies over the limit are refused, and their memory is given back', async () => {
  const agent = new Agent({ keepAlive: false });
  const body = Buffer.alloc(4_000_000, 'x');
  const refuse = () =>
    new Promise<number>((resolve, reject) => {
      const path = '/v3/REST/contact';
      const request = send(
        { port, path, method: 'POST', auth: 'public:private', agent },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  for (let n = 0; n < 5; n += 1) expect(await refuse()).toBe(413);
  const kept = async () => {
    expect(await connectionsReach(mock.server.server, 0)).toBe(0);
    return memoryKept();
  };
  const before = await kept();
  for (let n = 0; n < 20; n += 1) expect(await refuse()).toBe(413);
  expect((await kept()) - before).toBeLessThan(body.length);
});

it('secrets stay out of logs, of the journal and of what control shows', async () => {
  const secret = 'a1b2c3d4secret';
  const user = `leaky:${secret}`;
  const encoded = Buffer.from(user).toString('base64');
  const here = bulk(mock, 'leaky2');
  await here.import('email\nann@example.com\n', { list: await here.list('Newsletter') });
  const token = { 'x-mockjet-token': 'token-never-shown' };
  for (const path of [
    '/v3/REST/contact',
    '/v3/REST/nothing',
    '/v4/contacts/1',
    '/v3/DATA/x',
    '/nowhere',
  ])
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await mock.call(method, path, { user, body: '{"Email":' })).body).not.toContain(
        secret,
      );
  await mock.call('GET', '/v3/REST/contact', { user: 'leaky:wrong-but-close' });
  for (const path of [
    'requests',
    'accounts',
    'coverage',
    'clock',
    'config',
    'jobs',
    '',
    'faults',
  ]) {
    const others = await mock.call('GET', `/_mockjet/${path}`, {
      user: 'else:where',
      headers: token,
    });
    const own = await mock.call('GET', `/_mockjet/${path}`, { user, headers: token });
    for (const { body } of [others, own])
      for (const text of [secret, encoded, 'token-never-shown']) expect(body).not.toContain(text);
  }
  expect(lines.length).toBeGreaterThan(20);
  for (const text of [secret, encoded, 'wrong-but-close', 'token-never-shown'])
    expect(lines.filter((line) => line.includes(text))).toEqual([]);
});
