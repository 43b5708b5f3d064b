import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const shortTimeouts = ['--import', join(import.meta.dirname, '../support/short-timeouts.mjs')];

async function serve(data: string, flags: string[] = []) {
  const child = spawn(process.execPath, [...flags, builtMain(), '--port', '0', '--data', data], {
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
async function halfSaid(url: string, bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {}).resume();
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(Buffer.from(bytes, 'latin1'), resolve));
  await new Promise((resolve) => setTimeout(resolve, 100));
  return socket;
}

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

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('amid an import and all that can be half said: 0 within two seconds, and the job goes on', async () => {
    const data = join(folder, signal);
    const { child, url } = await serve(data);
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const rows = Array.from({ length: 30_000 }, (_, n) => `person${n}@example.com\n`);
    const path = `DATA/contactslist/${list}/CSVData/text:plain`;
    const { ID: DataID } = await call(url, path, `email\n${rows.join('')}`, 'text/plain');
    const wish = { ContactsListID: list, DataID, Method: 'addforce' };
    const job = (await call(url, 'REST/csvimport', wish)).Data[0].ID;
    const sockets = await Promise.all(moments.map(([, bytes]) => halfSaid(url, bytes(list))));

    const begun = performance.now();
    const ended = once(child, 'exit');
    child.kill(signal);
    expect((await ended)[0]).toBe(0);
    expect(performance.now() - begun).toBeLessThan(2000);
    for (const socket of sockets) socket.destroy();

    const again = await serve(data);
    await expect
      .poll(async () => (await call(again.url, `REST/csvimport/${job}`)).Data[0], {
        timeout: 20_000,
      })
      .toMatchObject({ Status: 'Completed', Count: 30_000, Errcount: 0 });
    again.child.kill('SIGKILL');
  });

  it.each(moments)('amid %s alone: 0 within two seconds', async (name, bytes) => {
    const { child, url } = await serve(join(folder, `${signal} ${name}`));
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const socket = await halfSaid(url, bytes(list));
    const begun = performance.now();
    const ended = once(child, 'exit');
    child.kill(signal);
    expect((await ended)[0]).toBe(0);
    expect(performance.now() - begun).toBeLessThan(2000);
    socket.destroy();
  });
});

const bodies = moments.filter(([what]) => /body|upload/.test(what));
describe.each(bodies)('a client that stalls amid %s', (name, bytes) => {
  const started = async () => {
    const { child, url } = await serve(
      join(folder, `stalled ${name} ${Math.random()}`),
      shortTimeouts,
    );
    const list = (await call(url, 'REST/contactslist')).Data[0].ID;
    const socket = await halfSaid(url, bytes(list));
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    return { child, url, socket, answer: () => answer };
  };
  const exitOf = async (child: ChildProcess) => {
    const begun = performance.now();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    return { code: (await ended)[0], isSoon: performance.now() - begun < 2000 };
  };

  it('is told so by 408, once, and others are answered', async () => {
    const { child, url, socket, answer } = await started();
    await once(socket, 'end');
    expect(answer()).toMatch(/^HTTP\/1\.1 408 Request Time-out\r\n/);
    expect(answer()).toContain('Connection: close');
    expect(answer().match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer()).toMatch(/nginx<\/center>\r\n<\/body>\r\n<\/html>\r\n$/);
    expect((await call(url, 'REST/contact')).Count).toBe(1);
    expect(await exitOf(child)).toEqual({ code: 0, isSoon: true });
  });

  it.each([
    ['before the 408', false],
    ['right after it', true],
  ])('SIGTERM %s: 0 within two seconds', async (_when, waits) => {
    const { child, socket, answer } = await started();
    while (waits && answer() === '') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await exitOf(child)).toEqual({ code: 0, isSoon: true });
    socket.destroy();
  });
});
