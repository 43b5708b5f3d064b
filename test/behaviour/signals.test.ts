import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { builtMain } from '../support/built.ts';

const started: ChildProcess[] = [];
const authorization = `Basic ${Buffer.from('public:private').toString('base64')}`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-signals-'));
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const preloaded = (name: string) => ['--import', join(import.meta.dirname, '../support', name)];
const patient = { timeout: 25_000, interval: 20 };

async function serve(data: string, flags: string[] = []) {
  const node = [...preloaded('no-long-timers.mjs'), ...flags];
  const child = spawn(process.execPath, [...node, builtMain(), '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // the ready line
    if (msg !== 'ready') continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error('the server ended before it was ready');
}

async function call(url: string, path: string, body?: unknown, type = 'application/json') {
  const headers = { authorization, connection: 'close', 'content-type': type };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = body === undefined ? {} : { method: 'POST', body: text };
  const answer = await fetch(`${url}/v3/${path}`, { ...request, headers });
  return JSON.parse(await answer.text());
}

/** A connection that has said something, and waits. */
async function halfSaid(url: string, bytes: string): Promise<Socket & { answer: string }> {
  const socket = Object.assign(connect(Number(new URL(url).port), '127.0.0.1'), { answer: '' });
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text) => {
    socket.answer += text;
  });
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(Buffer.from(bytes, 'latin1'), resolve));
  // most often the server has read it then; where it has not, the test is the easier one
  await new Promise((resolve) => setTimeout(resolve, 100));
  return socket;
}

/** Signals a server; resolves to how it ended, though its clients stay. */
async function exitOf(child: ChildProcess, signal: NodeJS.Signals) {
  const ended = once(child, 'exit');
  child.kill(signal);
  return ended;
}
const inOrder = [0, null];

const post = (path: string, type: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nContent-Type: ${type}\r\nContent-Length: 99\r\n\r\n`;

const moments: [string, (list: number) => string][] = [
  ['a request line', () => 'GET /v3/RE'],
  ['a body of JSON', () => `${post('/v3/REST/contact', 'application/json')}{"Email":`],
  [
    'an upload',
    (list) => `${post(`/v3/DATA/contactslist/${list}/CSVData/text:plain`, 'text/plain')}email\n`,
  ],
  ['a TLS handshake', () => '\x16\x03\x01\0\xc8\x01'],
];

// each waits for a server of its own most of the time
describe.concurrent.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('amid an import and all that can be half said ends it with 0, and the job goes on', async () => {
    const data = join(folder, signal);
    const { child, url } = await serve(data);
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const rows = Array.from({ length: 30_000 }, (_, n) => `person${n}@example.com\n`);
    const path = `DATA/contactslist/${list}/CSVData/text:plain`;
    const { ID: DataID } = await call(url, path, `email\n${rows.join('')}`, 'text/plain');
    const wish = { ContactsListID: list, DataID, Method: 'addforce' };
    const job = (await call(url, 'REST/csvimport', wish)).Data[0].ID;
    const sockets = await Promise.all(moments.map(([, bytes]) => halfSaid(url, bytes(list))));

    expect(await exitOf(child, signal)).toEqual(inOrder);
    for (const socket of sockets) socket.destroy();

    const again = await serve(data);
    const row = async () => (await call(again.url, `REST/csvimport/${job}`)).Data[0];
    await vi.waitUntil(async () => (await row()).Status === 'Completed', patient);
    expect(await row()).toMatchObject({ Count: 30_000, Errcount: 0 });
    again.child.kill('SIGKILL');
  });

  it.each(moments)('amid %s alone ends it with 0', async (name, bytes) => {
    const { child, url } = await serve(join(folder, `${signal} ${name}`));
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const socket = await halfSaid(url, bytes(list));
    expect(await exitOf(child, signal)).toEqual(inOrder);
    socket.destroy();
  });
});

const bodies = moments.filter(([what]) => /body|upload/.test(what));
describe.concurrent.each(bodies)('a client that stalls amid %s', (name, bytes) => {
  const started = async () => {
    const { child, url } = await serve(
      join(folder, `stalled ${name} ${Math.random()}`),
      preloaded('short-timeouts.mjs'),
    );
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const socket = await halfSaid(url, bytes(list));
    return { child, url, socket };
  };

  it('is told so by 408, once, and others are answered', async () => {
    const { child, url, socket } = await started();
    await vi.waitUntil(() => socket.readableEnded, patient);
    expect(socket.answer).toMatch(/^HTTP\/1\.1 408 Request Time-out\r\n/);
    expect(socket.answer).toContain('Connection: close');
    expect(socket.answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(socket.answer).toMatch(/nginx<\/center>\r\n<\/body>\r\n<\/html>\r\n$/);
    expect((await call(url, 'REST/contact')).Count).toBe(1);
    expect(await exitOf(child, 'SIGTERM')).toEqual(inOrder);
  });

  it.each([
    ['before the 408', false],
    ['right after it', true],
  ])('SIGTERM %s ends it with 0', async (_when, waits) => {
    const { child, socket } = await started();
    if (waits) await vi.waitUntil(() => socket.answer, patient);
    expect(await exitOf(child, 'SIGTERM')).toEqual(inOrder);
    socket.destroy();
  });
});
