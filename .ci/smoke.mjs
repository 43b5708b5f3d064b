// What an installed mockjet must do, whatever Node runs it and whoever installed it: node smoke.mjs, beside node_modules.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startMockjet } from 'mockjet';

const bin = join(import.meta.dirname, 'node_modules/.bin/mockjet');
const user = 'public:private';
const folder = mkdtempSync(join(tmpdir(), 'mockjet-smoke-'));
// the command finds this Node first
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

async function contacts(url, credentials, body) {
  const answer = await fetch(`${url}/v3/REST/contact${body === undefined ? '?countOnly=1' : ''}`, {
    headers: { authorization: `Basic ${btoa(credentials)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  assert(answer.ok, `${answer.status} ${await answer.clone().text()}`);
  return (await answer.json()).Count;
}

/** Through the library: a contact, a snapshot, and back to it. */
async function library(start) {
  const mockjet = await start();
  try {
    const account = await mockjet.account();
    const credentials = `${account.apiKey}:${account.secretKey}`;
    await account.snapshot('before');
    await contacts(mockjet.url, credentials, { Email: 'ada@example.com' });
    assert.equal(await contacts(mockjet.url, credentials), 2);
    const bytes = await account.snapshots.read('before');
    await account.snapshots.write('copy', bytes);
    await account.restore('copy');
    assert.equal(await contacts(mockjet.url, credentials), 1);
  } finally {
    await mockjet.close();
  }
}

/** Through the command: a server with files, an import, a snapshot, SIGTERM. */
async function command() {
  const server = spawn(bin, ['--port', '0', '--data', join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  try {
    const url = await readyUrl(server);
    const [MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE] = user.split(':');
    const mockjet = (...argv) =>
      promisify(execFile)(bin, [...argv, '--url', url], {
        env: { ...env, MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE },
        cwd: folder,
      });
    await mockjet('wait', '--timeout', '60s');
    await mockjet('snapshot', 'save', 'empty');
    const lines = Array.from({ length: 1000 }, (_, n) => `person${n}@example.com\n`);
    writeFileSync(join(folder, 'contacts.csv'), `email\n${lines.join('')}`);
    await mockjet('import', 'contacts.csv', '--list', 'Newsletter');
    assert.equal(await contacts(url, user), 1001);
    await mockjet('snapshot', 'restore', 'empty');
    assert.equal(await contacts(url, user), 1);
    assert.match((await mockjet('ca')).stdout, /^-----BEGIN CERTIFICATE-----/);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  } finally {
    server.kill('SIGKILL');
  }
}

async function readyUrl(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg, url } = JSON.parse(line);
    if (msg !== 'ready') continue;
    server.stdout.resume();
    return url;
  }
  throw new Error('the server ended before it was ready');
}

try {
  await library(startMockjet);
  await library(createRequire(import.meta.url)('mockjet').startMockjet);
  await command();
  console.log(`smoke on Node ${process.versions.node}: ok`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
