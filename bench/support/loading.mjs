// Starts loaders and bare servers, each in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Loads a server: `figures` resolves when the load is over.
 * @param load what loader.mjs takes
 * @returns with `stop`, which ends a load that has no `ms`
 */
export function startLoad(load) {
  const child = fork(here('loader.mjs'), [JSON.stringify(load)]);
  const figures = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => code !== 0 && reject(new Error('the loader failed')));
  });
  return { figures, stop: () => child.send('stop') };
}

/** Loads for a time; throws when an answer was not 2xx. */
export async function load(wanted) {
  const figures = await startLoad(wanted).figures;
  if (Object.keys(figures.bad).length > 0)
    throw new Error(`answers that are none: ${JSON.stringify(figures.bad)}`);
  return figures;
}

/** A bare node:http server of bare.mjs. */
export async function startBare(kind, options = {}) {
  const child = fork(here('bare.mjs'), [kind, JSON.stringify(options)]);
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
