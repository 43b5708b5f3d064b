import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
// below the checkout, so that node-mailjet is found as in a project that has it
const folder = mkdtempSync(join(root, '.tmp-readme-'));

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed' });
});
beforeEach(() => mock.call('POST', '/_mockjet/reset'));
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The code block behind a marker, aimed at the mock of this test. */
function codeBehind(marker: string): string {
  const [, code] = /```\w*\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(marker))) ?? [];
  return (code ?? '').replaceAll('127.0.0.1:6245', new URL(mock.url).host);
}

it('prints the error file that README shows, when its curl lines are run', async () => {
  const { stdout } = await run('bash', ['-euc', codeBehind('<!-- walk -->')], { cwd: folder });
  expect(stdout).toBe(codeBehind('It prints the error file'));
});

it('sends a mail and reads it back, when the curl lines of the first screen are run', async () => {
  const { stdout } = await run('bash', ['-euc', codeBehind('<!-- mail -->')], { cwd: folder });
  expect(stdout).toContain('"Status":"success"');
  expect(stdout).toContain('"codes":["482913"]');
});

it('prints the name of the contact, when its node-mailjet lines are run', async () => {
  writeFileSync(join(folder, 'snippet.mjs'), codeBehind('<!-- node-mailjet -->'));
  const { stdout } = await run(process.execPath, ['snippet.mjs'], { cwd: folder });
  expect(stdout).toBe('Ann Lee\n');
});

it('runs the node-mailjet lines a second time', async () => {
  const { stdout } = await run(process.execPath, ['snippet.mjs'], { cwd: folder });
  expect(stdout).toBe('Ann Lee\n');
});

it('compiles and runs the lines in TypeScript, in the environment that mockjet env sets', async () => {
  writeFileSync(join(folder, 'snippet.mts'), codeBehind('<!-- node-mailjet-ts -->'));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), ...options, '--types', 'node'];
  await run(process.execPath, [...tsc, '--module', 'nodenext', 'snippet.mts'], { cwd: folder });
  writeFileSync(join(folder, 'mockjet-ca.pem'), await mock.identity.caPem());
  const { stdout } = await run(process.execPath, ['--experimental-strip-types', 'snippet.mts'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      MJ_APIKEY_PUBLIC: 'public',
      MJ_APIKEY_PRIVATE: 'private',
      HTTPS_PROXY: mock.url,
      NODE_EXTRA_CA_CERTS: join(folder, 'mockjet-ca.pem'),
    },
  });
  expect(stdout).toBe('Ann Lee\n');
});
