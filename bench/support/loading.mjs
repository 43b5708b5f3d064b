// Starts loaders and bare servers, each in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Loads a server: `figures` resolves when the load is over.
 * @param load what the loader takes, sent since it is too long for an argument
 * @param program which loader
 * @returns `opened` resolves when its connections stand; `stop` ends a load that has no `ms`
 */
export function startLoad(load, program = 'loader.mjs') {
  const child = fork(here(program));
  child.send(load);
  const opened = once(child, 'message');
  const figures = new Promise((resolve, reject) => {
    child.on('message', (message) => message !== 'open' && resolve(message));
    child.once('exit', (code) => code !== 0 && reject(new Error('the loader failed')));
  });
  return { opened, figures, stop: () => child.send('stop') };
}

/**
 * Loads for a time; throws when an answer was not 2xx.
 * @param pid process whose processor time for each request is wanted too: it depends less on what else runs
 */
export async function load(wanted, pid, program) {
  const before = pid === undefined ? 0 : cpuOf(pid);
  const figures = await startLoad(wanted, program).figures;
  if (pid !== undefined) figures.cpu = (cpuOf(pid) - before) / figures.requests;
  if (Object.keys(figures.bad).length > 0)
    throw new Error(`answers that are none: ${JSON.stringify(figures.bad)}`);
  return figures;
}

/** Processor time that a process has had, microseconds: its threads' nanoseconds, which /proc/PID/stat rounds to hundredths of a second. */
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return 0; // it has ended
    }
  });
  return threads.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1000;
}

/** A bare server: one of node:http of bare.mjs, or another program's. */
export async function startBare(kind, options = {}, program = 'bare.mjs') {
  const child = fork(here(program), [kind, JSON.stringify(options)]);
  const [port] = await once(child, 'message');
  return {
    port,
    pid: child.pid,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** A request as it goes over the socket. */
export function requestText(method, path, authorization, body = '') {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: ${authorization}`,
    'User-Agent: mockjet-bench',
    'Accept: */*',
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${lengthOf(body)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** `{n}` becomes six digits. */
const lengthOf = (body) => Buffer.byteLength(body.replaceAll('{n}', '123456'));
