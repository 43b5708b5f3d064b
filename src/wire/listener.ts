import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { withOneLength } from './body-length.ts';
import { answerClientErrors, type OnClientError } from './client-errors.ts';
import { closeGently } from './close-gently.ts';
import { awaitFirstByte, tlsHandshake } from './first-byte.ts';
import { ownNames } from './own-names.ts';
import { connectHandler, withAbsoluteForm } from './proxy.ts';
import { createTlsDoor } from './tls-door.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** Settings of the port; times in milliseconds. */
export type ListenerOptions = {
  identity: Pick<TlsIdentity, 'keyPair'>;
  /** Further names of this server, beside `localhost`, `mockjet` and the machine's. */
  names?: readonly string[];
  /** Writes the answer to bytes that are no HTTP request; the socket is ended afterwards. */
  onClientError?: OnClientError;
  /** Takes at most one line for a connection that went wrong. */
  log?: (message: string, details: Record<string, unknown>) => void;
  maxHeaderSize?: number;
  headersTimeout?: number;
  requestTimeout?: number;
  keepAliveTimeout?: number;
  handshakeTimeout?: number;
  /** How long `close()` lets running requests, tunnels and handshakes go on. */
  closeGrace?: number;
};

/**
 * Gives what Fastify needs to serve one port in four ways: plain HTTP, HTTPS, proxy requests in absolute
 * form and tunnels made by CONNECT: `Fastify({ ...createTransports(options) })`.
 */
export function createTransports(options: ListenerOptions) {
  return {
    serverFactory: (handler: RequestListener): Server => createListener(handler, options),
    // Fastify puts its own answer after ours unless it is told to leave client errors alone.
    clientErrorHandler: () => {},
  };
}

/**
 * Makes the HTTP server behind the port. It is an ordinary `http.Server` whose sockets pass a look at their
 * first byte; once a connection is told to be plain HTTP it costs what it costs without.
 */
export function createListener(handler: RequestListener, options: ListenerOptions): Server {
  const { log = () => {}, names = [], headersTimeout = 60_000 } = options;
  const own: ReadonlySet<string> = new Set(ownNames(names));
  const refused = (sentence: string, host: string) => log(sentence, { host });

  const server = createServer(
    {
      // The Ruby client sends Content-Length together with Transfer-Encoding: chunked.
      insecureHTTPParser: true,
      maxHeaderSize: options.maxHeaderSize ?? 256 * 1024,
      headersTimeout,
      requestTimeout: options.requestTimeout ?? 300_000,
      keepAliveTimeout: options.keepAliveTimeout ?? 72_000,
    },
    withAbsoluteForm(withOneLength(handler), { own, refused }),
  );
  // Undocumented and as old as Node: a client that has said all it wants may still read its answer.
  Object.assign(server, { httpAllowHalfOpen: true });

  const acceptHttp = server.listeners('connection')[0];
  if (!acceptHttp) throw new Error('This version of Node accepts connections in an unknown way.');
  server.removeAllListeners('connection');

  const waiting = new Set<Duplex>();
  const acceptTls = createTlsDoor({
    keyPair: options.identity.keyPair,
    handshakeTimeout: options.handshakeTimeout ?? 30_000,
    log,
    secured: (socket) => acceptHttp.call(server, socket),
  });
  const sniff = (socket: Duplex) => {
    const leave = () => waiting.delete(socket);
    waiting.add(socket);
    socket.once('close', leave);
    awaitFirstByte(socket, headersTimeout, (firstByte) => {
      leave();
      socket.off('close', leave);
      if (firstByte === tlsHandshake) return acceptTls(socket);
      acceptHttp.call(server, socket);
      socket.resume();
    });
  };
  const tunnel = (socket: Duplex, head: Buffer) => {
    if (head.length > 0) socket.unshift(head);
    sniff(socket);
  };

  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Whoever holds the socket hears of its errors too; this one covers the moments between two holders.
    socket.on('error', () => socket.destroy());
    sniff(socket);
  });
  server.on('connect', connectHandler({ own, refused, tunnel }));
  answerClientErrors(server, options.onClientError, log);
  closeGently(server, { sockets, waiting, grace: options.closeGrace ?? 5_000 });
  return server;
}
