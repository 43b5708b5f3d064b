import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { remedyFor } from '../../src/accounts/disk-failure.ts';
import { accountsThatFit } from '../../src/accounts/open-files.ts';
import { builtMain } from '../support/built.ts';

const started: ChildProcess[] = [];
let program: string;
let root: string;
beforeAll(() => {
  program = builtMain();
  root = mkdtempSync(join(tmpdir(), 'mockjet-files-'));
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(root, { recursive: true });
});

/** Starts the built server with a limit of open files, and waits until it is ready. */
async function serve(limit: number, ...flags: string[]) {
  const line = `ulimit -n ${limit}; exec "$0" "$@"`;
  const child = spawn(
    'sh',
    ['-c', line, process.execPath, program, '--port', '0', '--log-level', 'info', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
  );
  started.push(child);
  const lines: { msg: string; url: string; level: number }[] = [];
  const reader = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    reader.on('line', (text) => {
      lines.push(JSON.parse(text));
      const last = lines.at(-1);
      if (last?.msg === 'ready') resolve(last.url);
    });
    child.once('exit', () => reject(new Error('it ended')));
  });
  const call = async (user: string) => {
    const authorization = `Basic ${Buffer.from(`${user}:secret`).toString('base64')}`;
    const headers = { authorization, connection: 'close' };
    return (await fetch(`${url}/v3/REST/contact`, { headers })).status;
  };
  return { child, call, lines };
}

it.each([
  [500, 1_000_000, 500],
  [500, Number.POSITIVE_INFINITY, 500],
  [500, 1024, 160],
  [500, 256, 32],
  [500, 64, 1],
  [5, 1024, 5],
])('of %i accounts asked for, and %i files, %i accounts fit', (wanted, files, fit) => {
  expect(accountsThatFit(wanted, files)).toBe(fit);
});

it.skipIf(process.platform === 'win32')(
  'more accounts than files may be open are served',
  async () => {
    const { child, call, lines } = await serve(100, '--data', join(root, 'many'));
    for (let i = 0; i < 80; i += 1) expect(await call(`account${i}`)).toBe(200);
    for (let i = 0; i < 80; i += 1) expect(await call(`account${i}`)).toBe(200);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    child.kill('SIGTERM');
    await once(child, 'exit');
  },
);

it.each([
  ['SQLITE_CANTOPEN', true, /more open files \(ulimit -n\)/],
  ['SQLITE_CANTOPEN', false, /Let the user that runs Mockjet write/],
  ['EMFILE', false, /more open files/],
])('the remedy for %s, while files lack: %s', (code, lacks, remedy) => {
  expect(remedyFor(Object.assign(new Error('x'), { code }), () => lacks)).toMatch(remedy);
});
