import Fastify from 'fastify';
import { createTransports, type ListenerOptions } from '../../src/wire/listener.ts';
import { createTlsIdentity } from '../../src/wire/tls-identity.ts';

/** Starts a small echoing Fastify application behind the listener, on a port of its own. */
export async function startEcho(options: Partial<ListenerOptions> = {}) {
  const identity = createTlsIdentity({});
  const lines: string[] = [];
  const log = (message: string) => lines.push(message);
  const app = Fastify({ ...createTransports({ identity, log, ...options }) });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 2 ** 24 }, (_request, body, done) =>
    done(null, body),
  );
  app.get('/slow', async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { slow: true };
  });
  app.all('/*', async ({ method, url, host, body }) => ({ method, url, host, body: body ?? null }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.addresses()[0];
  if (typeof address !== 'object') throw new Error('not listening');
  return { app, lines, door: { port: address.port, ca: await identity.caPem() } };
}

/** Waits until the server holds this many TCP connections, at most two seconds. */
export async function connectionsReach(
  server: { getConnections(callback: (error: Error | null, count: number) => void): void },
  wanted: number,
): Promise<number> {
  const now = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  let count = await now();
  for (let tries = 0; count !== wanted && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    count = await now();
  }
  return count;
}
