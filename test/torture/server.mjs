import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program =
  process.env.MOCKJET_MAIN ?? fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the built server and waits until it is ready; log lines of level error are kept. */
export async function startServer(flags) {
  const child = spawn(process.execPath, [program, '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  running.add(child);
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return { code, signal };
  });
  const errors = [];
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line);
      if (entry.msg === 'ready') resolve(entry.url);
      if (entry.level >= 50) errors.push(entry);
    });
    ended.then((end) => reject(new Error(`the server ended: ${JSON.stringify(end)}`)));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  return {
    pid: child.pid,
    url,
    errors,
    call: (method, path, body, options) => call(agent, url, method, path, body, options),
    get: async (path) => {
      const { status, text } = await call(agent, url, 'GET', `/v3/REST/${path}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${text}`);
      return JSON.parse(text).Data;
    },
    /** Ends the server; gives its exit code and signal. */
    end(signal) {
      child.kill(signal);
      return ended.finally(() => agent.destroy());
    },
  };
}

function call(agent, url, method, path, body, { type = 'application/json', user } = {}) {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers =
    payload === undefined
      ? {}
      : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(payload) };
  return new Promise((resolve, reject) => {
    const request = send(
      `${url}${path}`,
      { method, agent, auth: user ?? 'public:private', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}
