import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { builtMain } from '../support/built.ts';

const program = builtMain();
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Generous for an end that should come at once; one that never comes is what is looked for, ms. */
const enough = 10_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A server whose log goes where it is told, once it answers. */
async function serve(stdout: 'pipe' | number) {
  const port = await freePort();
  const child = spawn(process.execPath, [program, '--port', String(port)], {
    stdio: ['ignore', stdout, 'pipe'],
    env: { PATH: process.env.PATH },
  });
  started.push(child);
  let told = '';
  child.stderr?.on('data', (text) => {
    told += text;
  });
  const call = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Basic ${btoa('public:private')}`, connection: 'close' },
      signal: AbortSignal.timeout(enough),
    }).then(({ status }) => status);
  await expect.poll(() => call('/livez').catch(() => 0), { timeout: enough }).toBe(200);
  return { child, call, told: () => told };
}

async function endsWith(child: ChildProcess, signal: NodeJS.Signals) {
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(enough) });
  child.kill(signal);
  return (await ended)[0];
}

const sinks: [string, () => Promise<Awaited<ReturnType<typeof serve>>>, RegExp][] = [
  ['a full disk', () => serve(openSync('/dev/full', 'w')), /ENOSPC/],
  [
    'a reader that has gone',
    async () => {
      const server = await serve('pipe');
      server.child.stdout?.destroy();
      return server;
    },
    /EPIPE/,
  ],
];

describe.each(sinks)('a log that goes to %s', (_where, start, reason) => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'is dropped with one line on stderr; calls are answered, and %s ends the server with 0',
    async (signal) => {
      const { child, call, told } = await start();
      for (let n = 0; n < 3; n += 1) expect(await call('/v3/REST/contact')).toBe(200);
      await expect.poll(told, { timeout: enough }).toMatch(reason);
      for (let n = 0; n < 3; n += 1) expect(await call('/v3/REST/contact')).toBe(200);
      expect(await endsWith(child, signal)).toBe(0);
      expect(told().trim().split('\n')).toEqual([
        expect.stringMatching(/^mockjet: The log cannot be written \(.+\): lines are dropped/),
      ]);
    },
  );
});

it('a log whose reader does not read holds up neither answers nor the end', async () => {
  const { child, call, told } = await serve('pipe');
  // each line shows 300 characters of the path
  const path = `/v3/REST/contact/${'a'.repeat(300)}@example.com`;
  for (let n = 0; n < 100 && told() === ''; n += 1)
    await Promise.all(Array.from({ length: 100 }, () => call(path)));
  expect(told()).toMatch(/its reader does not read/);
  expect(await call('/v3/REST/contact')).toBe(200);
  expect(await endsWith(child, 'SIGTERM')).toBe(0);
}, 60_000);

it('a server that spawnSync gave up on ends', () => {
  const { status } = spawnSync(process.execPath, [program, '--port', '0'], {
    timeout: 1500,
    env: { PATH: process.env.PATH },
  });
  // 143 where that was not enough to start
  expect([0, 143]).toContain(status);
});

it('on a terminal the log is for people, and an end leaves nothing behind', async () => {
  const line = `exec '${process.execPath}' '${program}' --port 0`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  started.push(child);
  for await (const text of createInterface({ input: child.stdout })) {
    if (text.includes('listens on')) break;
    expect(text).not.toContain('{');
  }
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(enough) });
  child.stdin.write('\x03'); // Ctrl-C
  expect((await ended)[0]).toBe(0);
});

it('the last lines are written before the end', async () => {
  const { child } = await serve('pipe');
  const lines: string[] = [];
  const read = (async () => {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
      lines.push(JSON.parse(line).msg);
  })();
  expect(await endsWith(child, 'SIGTERM')).toBe(0);
  await read;
  expect(lines.at(-1)).toBe('stopping');
});

// the first process of a container has no default for signals
it('signals are heard before anything else is read', async () => {
  const tell =
    'data:text/javascript,process.once("newListener",(name)=>process.stderr.write(name+" set"))';
  const child = spawn(process.execPath, ['--import', tell, program, 'wait', '--timeout', '60s'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, MOCKJET_URL: 'http://127.0.0.1:9' },
  });
  started.push(child);
  const [first] = await once(child.stderr, 'data');
  expect(String(first)).toMatch(/^SIGTERM set/);
  expect(await endsWith(child, 'SIGTERM')).toBe(143);
});
