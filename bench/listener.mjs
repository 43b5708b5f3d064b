// What the one port costs plain HTTP: processor time of the server for each request, through the listener
// against a bare http.Server. Limit: 5 % on kept connections. (Requests a second would measure the loader.)
// Both take turns in processes of their own, so that neither warms up for the other.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const self = fileURLToPath(import.meta.url);
const limit = 0.05;
const rounds = 9;
const requestsPerRound = 15_000;
const connections = 50;

if (process.send) await serve(process.argv[2], process.argv[3]);
else await compare();

async function serve(kind, bundle) {
  const handler = (request, response) => {
    void request.headers; // Node parses them on first use, and every framework uses them
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 });
    response.end('{}');
  };
  const { createListener } = await import(pathToFileURL(bundle).href);
  const server =
    kind === 'bare'
      ? http.createServer({ insecureHTTPParser: true }, handler)
      : createListener(handler, { identity: { keyPair: () => Promise.reject(new Error()) } });
  let connections = 0;
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system, connections });
  });
}

async function compare() {
  const folder = await mkdtemp(join(tmpdir(), 'mockjet-bench-'));
  const bundle = join(folder, 'listener.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../src/wire/listener.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const children = [];
  const start = async (kind) => {
    const child = fork(self, [kind, bundle]);
    children.push(child);
    const [port] = await once(child, 'message');
    return { kind, child, port, kept: [], fresh: [] };
  };
  const servers = [await start('bare'), await start('bare'), await start('listener')];
  try {
    for (const server of servers) await measure(server, requestsPerRound, true);
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 ? servers : servers.toReversed();
      for (const server of order) {
        server.kept.push(await measure(server, requestsPerRound, true));
        server.fresh.push(await measure(server, 3000, false));
      }
    }
  } finally {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true });
  }
  for (const { kind, kept, fresh } of servers) {
    write(
      `${kind}: ${median(kept)} µs a request on kept connections, ${median(fresh)} on new ones`,
    );
  }
  // Two bare servers differ as well: that is the noise of the machine, below which nothing can be said.
  const [bare, again, listener] = servers.map(({ kept }) => median(kept));
  const noise = Math.abs(bare - again) / Math.min(bare, again);
  const cost = listener / Math.max(bare, again) - 1;
  write(`difference between two bare servers: ${(noise * 100).toFixed(1)} %`);
  write(`cost of the listener on kept connections: ${(cost * 100).toFixed(1)} %`);
  if (cost > limit) process.exitCode = 1;
}

async function measure({ child, port }, requests, keepAlive) {
  const before = await usage(child);
  await load(port, requests, keepAlive);
  const after = await usage(child);
  const opened = after.connections - before.connections;
  const expected = keepAlive ? connections : requests;
  if (opened !== expected) throw new Error(`${opened} connections where ${expected} were meant`);
  return (after.cpu - before.cpu) / requests;
}

async function usage(child) {
  child.send('usage');
  const [figures] = await once(child, 'message');
  return figures;
}

function median(figures) {
  return Number(figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)].toFixed(1));
}

async function load(port, requests, keepAlive) {
  // An agent without keepAlive still reuses a connection while requests queue; no agent never does.
  const agent = keepAlive ? new http.Agent({ keepAlive, maxSockets: connections }) : false;
  let left = requests;
  const one = () =>
    new Promise((resolve, reject) => {
      const request = http.get({ port, host: '127.0.0.1', agent, path: '/v3/REST/contact' });
      request.on('error', reject);
      request.on('response', (response) => response.resume().on('end', resolve));
    });
  const worker = async () => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  if (agent) agent.destroy();
}

function write(line) {
  process.stdout.write(`${line}\n`);
}
