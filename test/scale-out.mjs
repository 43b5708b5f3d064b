// Three Mockjets behind the balancer of examples/scale-out: node test/scale-out.mjs [haproxy|nginx]
// It does what README promises there: accounts keep their data to themselves, a wrong secret is refused, a shard that
// is killed takes its own accounts with it and nothing else. Needs a build, the balancer and openssl.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { get as getSecure } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/scale-out');
const [balancer = 'haproxy'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-scale-out-'));
const children = new Set();
const log = join(folder, 'log');

/** Generous: a machine may be busy. */
const patience = 60_000;

async function until(what, isSo) {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${what}: not within a minute`);
    await sleep(50);
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  for (const server of servers) server.close();
  return ports;
}

function start(program, argv, environment = {}) {
  const child = spawn(program, argv, {
    stdio: ['ignore', 'ignore', openSync(log, 'a')],
    env: { ...process.env, ...environment },
  });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** The example's own files, with addresses of this machine. */
function startBalancer(port, tlsPort, shards) {
  const certificate = join(folder, 'tls/balancer.pem');
  if (balancer === 'haproxy') {
    const addresses = shards.map((shard, n) => [`SHARD_${n}`, `127.0.0.1:${shard}`]);
    return start('haproxy', ['-db', '-f', join(example, 'haproxy.cfg')], {
      BALANCER: `127.0.0.1:${port}`,
      BALANCER_TLS: `127.0.0.1:${tlsPort}`,
      CERTIFICATE: certificate,
      ...Object.fromEntries(addresses),
    });
  }
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const folders = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ');
  let text = readFileSync(join(example, 'nginx.conf'), 'utf8')
    .replace('http {', `error_log stderr;\npid ${folder}/nginx.pid;\nhttp { ${folders}`)
    .replaceAll('/etc/nginx/tls/balancer.pem', certificate)
    .replace('127.0.0.1:6245', `127.0.0.1:${port}`)
    .replace('listen 6245', `listen 127.0.0.1:${port}`)
    .replace('listen 6443', `listen 127.0.0.1:${tlsPort}`);
  for (const [n, shard] of shards.entries())
    text = text.replace(`shard-${n}:6245`, `127.0.0.1:${shard}`);
  writeFileSync(join(folder, 'nginx.conf'), text);
  return start('nginx', ['-g', 'daemon off;', '-c', join(folder, 'nginx.conf')]);
}

const startShard = (port, n) =>
  start(process.execPath, [join(root, 'dist/main.js'), '--port', String(port)], {
    MOCKJET_DATA: join(folder, `shard-${n}`),
    MOCKJET_LOG_LEVEL: 'error',
  });

let origin = '';

async function call(user, method, path, body, type = 'application/json') {
  const headers = { ...(body === undefined ? {} : { 'content-type': type }) };
  if (user !== '') headers.authorization = `Basic ${btoa(user)}`;
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: text }),
    signal: AbortSignal.timeout(patience),
  });
  const answered = await answer.text();
  return { status: answer.status, text: answered, rows: answer.ok ? rowsOf(answered) : [] };
}

function rowsOf(text) {
  return text.startsWith('{') ? (JSON.parse(text).Data ?? []) : [];
}

const keys = Array.from({ length: 30 }, (_, n) => `account-${n}`);
const userOf = (key) => `${key}:secret-of-${key}`;

/** What an application does with an account: a list, contacts one by one, an import that is waited for. */
async function use(key) {
  const user = userOf(key);
  const rest = async (method, path, body) => {
    const answer = await call(user, method, `/v3/REST/${path}`, body);
    assert(answer.status < 300, `${key}: ${method} ${path} ${answer.status} ${answer.text}`);
    return answer.rows;
  };
  const [list] = await rest('POST', 'contactslist', { Name: `List of ${key}` });
  for (let n = 0; n < 40; n += 1)
    await rest('POST', 'contact', { Email: `person${n}@${key}.example.com` });
  const lines = Array.from({ length: 500 }, (_, n) => `imported${n}@${key}.example.com\n`);
  const path = `/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`;
  const uploaded = await call(user, 'POST', path, `email\n${lines.join('')}`, 'text/plain');
  const wish = {
    ContactsListID: list.ID,
    DataID: JSON.parse(uploaded.text).ID,
    Method: 'addnoforce',
  };
  const [job] = await rest('POST', 'csvimport', wish);
  await until(`the import of ${key}`, async () => {
    const [{ Status }] = await rest('GET', `csvimport/${job.ID}`);
    return Status === 'Completed';
  });
}

/** 40 contacts, 500 imported ones and the owner that each account begins with; a list of its own name. */
async function check(key) {
  const count = await call(userOf(key), 'GET', '/v3/REST/contact?countOnly=1');
  assert.equal(JSON.parse(count.text).Count, 541, `contacts of ${key}`);
  const lists = await call(userOf(key), 'GET', '/v3/REST/contactslist');
  assert.deepEqual(
    lists.rows.map(({ Name }) => Name).filter((name) => name.startsWith('List of')),
    [`List of ${key}`],
  );
  const journal = await call(
    userOf(key),
    'GET',
    '/_mockjet/requests?operation=contact+create&count=40&wait=5s',
  );
  assert.equal(JSON.parse(journal.text).requests.length, 40, `the journal of ${key}`);
}

const ready = async () => (await call('', 'GET', '/readyz').catch(() => ({}))).status;

/** The keys that each shard knows, by its own control API. */
async function keysOf(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/_mockjet/accounts`);
  return (await answer.json()).accounts
    .map(({ apiKey }) => apiKey)
    .filter((key) => keys.includes(key));
}

function eachShard(ports, ...argv) {
  const SHARDS = ports.map((port) => `http://127.0.0.1:${port}`).join(' ');
  return execFileSync(join(example, 'each-shard.sh'), argv, {
    env: { PATH: process.env.PATH, SHARDS },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

function statusOverTls(port, ca) {
  return new Promise((resolve, reject) => {
    const auth = userOf('account-0');
    // by the name that applications call
    const options = {
      host: '127.0.0.1',
      port,
      servername: 'api.mailjet.com',
      ca,
      auth,
      path: '/v3/REST/contact',
    };
    getSecure(options, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
}

function statusOfConnect(port) {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: 'CONNECT', path: 'api.mailjet.com:443' })
      .on('connect', (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode);
      })
      .on('error', reject)
      .end();
  });
}

async function main() {
  execFileSync(join(example, 'make-certificate.sh'), [join(folder, 'tls')], { stdio: 'ignore' });
  const [port, tlsPort, ...ports] = await freePorts(5);
  origin = `http://127.0.0.1:${port}`;
  const shards = ports.map(startShard);
  startBalancer(port, tlsPort, ports);
  await until('readiness of all', async () => (await ready()) === 200);

  await Promise.all(keys.map(use));
  await Promise.all(keys.map(check));
  const owners = await Promise.all(ports.map(keysOf));
  assert.deepEqual(owners.flat().sort(), [...keys].sort(), 'each account is on one shard');
  for (const owned of owners) assert(owned.length > 0, 'each shard has accounts');
  console.log(`30 accounts are right, ${owners.map((owned) => owned.length).join(' + ')} by shard`);

  for (const key of keys) {
    const { status } = await call(`${key}:wrong`, 'GET', '/v3/REST/contact');
    assert.equal(status, 401, `a wrong secret of ${key}`);
  }
  assert.equal((await call('', 'GET', '/v3/REST/contact')).status, 401, 'no credentials');
  for (const path of ['/_mockjet/reset', '//_MOCKJET/reset', '/%5fmockjet/reset', '/_mockjet'])
    assert.equal((await call('', 'POST', path)).status, 421, `${path} without a key`);
  assert((await statusOfConnect(port)) >= 400, 'CONNECT is refused');
  assert.equal(await statusOverTls(tlsPort, readFileSync(join(folder, 'tls/ca.pem'))), 200);
  const large = `email\n${'x'.repeat(20_000_000)}@example.com\n`;
  const [{ ID }] = (await call(userOf('account-0'), 'GET', '/v3/REST/contactslist')).rows;
  const upload = `/v3/DATA/contactslist/${ID}/CSVData/text:plain`;
  assert.equal((await call(userOf('account-0'), 'POST', upload, large, 'text/plain')).status, 200);
  console.log('a wrong secret, no key, CONNECT, HTTPS and 20 MB are right');

  const [gone, ...others] = owners;
  shards[0].kill('SIGKILL');
  await until('the end of readiness', async () => (await ready()) === 503);
  const unanswered = await Promise.all(
    gone.map((key) => call(userOf(key), 'GET', '/v3/REST/contact')),
  );
  for (const { status } of unanswered)
    assert([502, 503].includes(status), `a dead shard: ${status}`);
  await Promise.all(others.flat().map(check));
  startShard(ports[0], 0);
  await until('readiness of all again', async () => (await ready()) === 200);
  for (const key of gone) {
    const count = await call(userOf(key), 'GET', '/v3/REST/contact?countOnly=1');
    assert.equal(JSON.parse(count.text).Count, 541, `contacts of ${key} after the kill`);
  }
  console.log(`a killed shard took ${gone.length} accounts with it, and they came back`);

  eachShard(ports, 'POST', '/_mockjet/reset', '{}');
  for (const key of keys) {
    const count = await call(userOf(key), 'GET', '/v3/REST/contact?countOnly=1');
    assert.equal(JSON.parse(count.text).Count, 1, `contacts of ${key} after a reset of all`);
  }
  assert.throws(() => eachShard([...ports, 1], 'POST', '/_mockjet/reset', '{}'), 'one is missing');
  console.log('each-shard.sh reset all of them');
}

try {
  await main();
  console.log(`scale-out behind ${balancer}: ok`);
} catch (error) {
  console.error(error, readFileSync(log, 'utf8').split('\n').slice(-30).join('\n'));
  process.exitCode = 1;
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.race([Promise.all([...children].map((child) => once(child, 'exit'))), sleep(5000)]);
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
