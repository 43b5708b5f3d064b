import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'mockjet-package-'));
const project = join(folder, 'project');
const bin = join(project, 'node_modules/.bin/mockjet');

let server: ChildProcess | undefined;

beforeAll(async () => {
  // what `npm test` has built: a new build would pull dist from under other tests
  if (!existsSync(join(root, 'dist/main.js'))) throw new Error('Run npm run build first');
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, '../mockjet-0.1.0.tgz'], { cwd: project });
}, 300_000);

afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('runs from its own tarball in an empty project: npx mockjet help', async () => {
  const { stdout } = await run('npx', ['--no', 'mockjet', 'help'], { cwd: project });
  expect(stdout).toContain('wait until a mock is ready');
});

it('serves from there, finds its migrations, and ends on SIGTERM with 0', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  server = spawn(bin, ['--port', new URL(url).port], { stdio: 'ignore', cwd: folder });
  await run(bin, ['wait', '--url', url, '--timeout', '30s']);
  const lists = await fetch(`${url}/v3/REST/contactslist`, {
    headers: { Authorization: `Basic ${btoa('public:private')}` },
  });
  expect(await lists.json()).toMatchObject({ Count: 1, Data: [{ Name: 'MyFirstTest' }] });
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

it('brings no maps of sources that it has not', () => {
  const files = readdirSync(join(project, 'node_modules/mockjet'), { recursive: true });
  expect(files.filter((file) => String(file).endsWith('.map'))).toEqual([]);
});

it.each([
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'docs/library.md',
  'examples/vitest.test.js',
  'dist/THIRD-PARTY-LICENSES.txt',
])('brings %s along', (file) => {
  expect(existsSync(join(project, 'node_modules/mockjet', file))).toBe(true);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
