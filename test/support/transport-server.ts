import type { Socket } from 'node:net';
import Fastify from 'fastify';
import { createTransports, type ListenerOptions } from '../../src/wire/listener.ts';
import { createTlsIdentity } from '../../src/wire/tls-identity.ts';

/**
 * Starts a small echoing Fastify application behind the listener, on a port of its own.
 * @param options `holdsSlow` keeps the answers of /slow back until `finishSlow`
 */
export async function startEcho({
  holdsSlow = false,
  ...options
}: Partial<ListenerOptions> & { holdsSlow?: boolean } = {}) {
  const identity = createTlsIdentity({});
  const lines: string[] = [];
  const log = (message: string) => lines.push(message);
  const app = Fastify({ ...createTransports({ identity, log, ...options }) });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 2 ** 24 }, (_request, body, done) =>
    done(null, body),
  );
  const waiting: (() => void)[] = [];
  app.get('/slow', async () => {
    if (holdsSlow) await new Promise<void>((resolve) => waiting.push(resolve));
    else await new Promise((resolve) => setTimeout(resolve, 50));
    return { slow: true };
  });
  const connections = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => connections.add(socket));
  app.all('/*', async ({ method, url, host, body }) => ({ method, url, host, body: body ?? null }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.addresses()[0];
  if (typeof address !== 'object') throw new Error('not listening');
  return {
    app,
    lines,
    door: { port: address.port, ca: await identity.caPem() },
    /** How many requests of /slow wait, where it holds them, and what answers them. */
    waiting,
    finishSlow: () => {
      for (const finish of waiting.splice(0)) finish();
    },
    /** How many bytes all its connections have brought. */
    bytesRead: () => [...connections].reduce((sum, { bytesRead }) => sum + bytesRead, 0),
  };
}

/** Waits until the server holds this many TCP connections, at most twenty seconds. */
export async function connectionsReach(
  server: { getConnections(callback: (error: Error | null, count: number) => void): void },
  wanted: number,
): Promise<number> {
  const now = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  let count = await now();
  for (let tries = 0; count !== wanted && tries < 1000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    count = await now();
  }
  return count;
}
