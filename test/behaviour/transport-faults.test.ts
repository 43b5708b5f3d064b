import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAnswer, readAnswers } from '../support/raw-answers.ts';
import { connectionsReach, startEcho } from '../support/transport-server.ts';
import { openTcp, openTunnel, waysIn } from '../support/ways-in.ts';

let echo: Awaited<ReturnType<typeof startEcho>>;
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
  echo = await startEcho({ maxHeaderSize: 256 * 1024 });
});
beforeEach(() => echo.lines.splice(0));
afterAll(async () => {
  await echo.app.close();
  process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note);
});

/** What must be true after every fault: nobody threw, nothing leaked, and the next client is answered. */
async function expectSound(): Promise<void> {
  expect(await connectionsReach(echo.app.server, 0)).toBe(0);
  expect(unhandled).toEqual([]);
  for (const { open, target } of waysIn) {
    const socket = await open(echo.door);
    socket.write(`GET ${target('/well')} HTTP/1.1\r\nHost: api.mailjet.com\r\n\r\n`);
    expect((await readAnswer(socket)).status).toBe(200);
    socket.destroy();
  }
}

const foreign = [
  { target: 'example.com', why: 'another host' },
  { target: 'api.mailjet.com.evil.example', why: 'a host that begins like ours' },
  { target: 'evilmailjet.com', why: 'a host that ends like ours' },
  { target: 'localhost:3000', why: 'another server on this machine' },
];

test.each(foreign)('refuses to forward to $target: $why', async ({ target }) => {
  const host = target.split(':')[0];
  const authority = target.includes(':') ? target : `${target}:443`;
  const sentence = `so this request to ${host} was not forwarded: add ${host} to NO_PROXY`;
  await expect(openTunnel(echo.door, authority)).rejects.toThrow(sentence);
  await expect(openTunnel(echo.door, authority)).rejects.toThrow('HTTP/1.1 403 Forbidden');

  const socket = await openTcp(echo.door);
  socket.write(
    `POST http://${target}/x HTTP/1.1\r\nHost: api.mailjet.com\r\nContent-Length: 3\r\n\r\nAnn`,
  );
  const answer = await readAnswer(socket);
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining(sentence) });
  expect(answer.head).toContain('text/plain');
  socket.destroy();
  expect(echo.lines).toHaveLength(3);
  await expectSound();
});

test.each([
  'http://api.mailjet.com',
  'http://API.Mailjet.com.:80',
  'http://u:p@x.mjt.lu',
  'https://api.us.mailjet.com:443',
  'http://localhost',
  'http://mockjet:80',
  'http://[::1]',
  'HTTP://127.0.0.1',
])('answers for %s', async (origin) => {
  const socket = await openTcp(echo.door);
  for (const path of ['/v3/REST//contact?a=1', '', '?a=b/c']) {
    socket.write(`GET ${origin}${path} HTTP/1.1\r\nHost: other\r\n\r\n`);
    const { url } = JSON.parse((await readAnswer(socket)).body);
    expect(url).toBe(path.startsWith('/') ? path : `/${path}`);
  }
  socket.destroy();
});

const faults: { name: string; bytes: string; status?: number }[] = [
  { name: 'garbage', bytes: '\0\x01\x02 what is this\r\n\r\n', status: 400 },
  { name: 'a bad request line', bytes: 'GET\r\n\r\n', status: 400 },
  { name: 'HTTP/2 with prior knowledge', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400 },
  {
    name: 'oversized headers',
    bytes: `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(600_000)}\r\n\r\n`,
    status: 431,
  },
  {
    name: 'a broken chunk',
    bytes: 'POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    status: 400,
  },
  { name: 'TLS garbage', bytes: `\x16${'\x03\x01\xff'.repeat(40)}` },
];

test.each(faults)('answers $name calmly', async ({ bytes, status }) => {
  const socket = await openTcp(echo.door);
  socket.on('error', () => {});
  const answer = status ? readAnswer(socket) : undefined;
  socket.write(bytes, 'latin1');
  expect((await answer)?.status).toBe(status);
  socket.resume().end();
  expect(await connectionsReach(echo.app.server, 0)).toBe(0);
  expect(echo.lines).toHaveLength(1);
  await expectSound();
});

test('does not answer garbage in the middle of a running answer', async () => {
  const socket = await openTcp(echo.door);
  socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n');
  const answers = await readAnswers(socket, 1);
  expect(answers).toHaveLength(1);
  await new Promise((resolve) => socket.once('close', resolve).resume().end());
  await expectSound();
});

test('shapes client errors as it is told', async () => {
  const shaped = await startEcho({
    onClientError: (error, socket) =>
      socket.write(`HTTP/1.1 400 ${error.code}\r\nContent-Length: 2\r\n\r\nno`),
  });
  const socket = await openTcp(shaped.door);
  socket.write('???\r\n\r\n');
  expect((await readAnswer(socket)).body).toBe('no');
  await new Promise((resolve) => socket.once('close', resolve).resume().end());
  expect(await connectionsReach(shaped.app.server, 0)).toBe(0);
  await shaped.app.close();
});

test('survives clients that go away in every phase', async () => {
  const hello = Buffer.from('16030100c8010000c40303', 'hex');
  const phases = [
    '',
    'GET /',
    'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nAnn',
    'GET /slow HTTP/1.1\r\nHost: a\r\n\r\n',
    'CONNECT api.mailjet.com:443 HTTP/1.1\r\nHost: a\r\n\r\n',
    `CONNECT api.mailjet.com:443 HTTP/1.1\r\nHost: a\r\n\r\n${hello.toString('latin1')}`,
    hello.toString('latin1'),
  ];
  for (const bytes of phases) {
    for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const socket = await openTcp(echo.door);
      socket.on('error', () => {}).resume();
      if (bytes) await new Promise((resolve) => socket.write(bytes, 'latin1', resolve));
      socket[leave]();
    }
  }
  expect(await connectionsReach(echo.app.server, 0)).toBe(0);
  await expectSound();
});

test('a tunnel is made once on a connection', async () => {
  const socket = await openTcp(echo.door);
  const asks = () => socket.write('CONNECT api.mailjet.com:443 HTTP/1.1\r\nHost: a\r\n\r\n');
  const answers: string[] = [];
  const answered = () =>
    new Promise<void>(
      (resolve) =>
        void socket.once('data', (bytes) => {
          answers.push(String(bytes).slice(0, 12));
          resolve();
        }),
    );
  for (let round = 0; round < 2; round += 1) {
    const answer = answered();
    asks();
    await answer;
  }
  expect(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  socket.destroy();
  await expectSound();
});

test('holds 300 silent connections, still answers, and lets go of them', async () => {
  const sockets = await Promise.all(Array.from({ length: 300 }, () => openTcp(echo.door)));
  expect(await connectionsReach(echo.app.server, 300)).toBe(300);
  const socket = await openTcp(echo.door);
  socket.write('GET /well HTTP/1.1\r\nHost: a\r\n\r\n');
  expect((await readAnswer(socket)).status).toBe(200);
  for (const each of [...sockets, socket]) each.destroy();
  await expectSound();
});
