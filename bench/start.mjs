// Cold start: from spawn to the first good answer of /readyz, and the memory at rest, against a bare node:http.
//   node bench/start.mjs [ROUNDS]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { median, report } from './support/report.mjs';
import { memoryOf } from './support/server.mjs';

const rounds = Number(process.argv[2] ?? 15);
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const bare = `require('node:http')
  .createServer((_request, response) => response.end('{"status":"ok"}'))
  .listen(Number(process.argv[1]), '127.0.0.1')`;
const ways = {
  ours: (port) => [main, '--port', String(port)],
  limit: (port) => ['--eval', bare, String(port)],
};

const times = { ours: [], limit: [] };
const memories = { ours: [], limit: [] };
for (let round = 0; round <= rounds; round += 1) {
  for (const side of ['ours', 'limit']) {
    const { ms, memory } = await start(ways[side]);
    // the first round fills the system's file cache, and Node's of what it has compiled
    if (round === 0) continue;
    times[side].push(ms);
    memories[side].push(memory / 1e6);
  }
}
report({
  bench: 'cold start to the first good /readyz',
  ours: median(times.ours),
  limit: median(times.limit),
  unit: 'ms',
  aim: { atMost: 3 },
});
report({
  bench: 'memory at rest',
  ours: median(memories.ours),
  limit: median(memories.limit),
  unit: 'MB',
  aim: { atMost: 1.7 },
});

async function start(argumentsFor) {
  const port = await freePort();
  const since = performance.now();
  const child = spawn(process.execPath, argumentsFor(port), { stdio: 'ignore' });
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const ms = performance.now() - since;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const memory = memoryOf(child.pid);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ms, memory };
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function isReady(port) {
  return new Promise((resolve) => {
    const asked = http.get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200));
    });
    asked.once('error', () => resolve(false));
  });
}
