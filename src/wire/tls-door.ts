import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { CertifiedKey } from '../lib/certificates.ts';

type TlsDoorOptions = {
  keyPair: () => Promise<CertifiedKey>;
  handshakeTimeout: number;
  log: (message: string, details: Record<string, unknown>) => void;
  secured: (socket: TLSSocket) => void;
};

/**
 * Makes the function that takes a socket through a TLS handshake, as the server. The certificate is asked
 * for at the first one; sockets that come meanwhile wait for it.
 */
export function createTlsDoor(options: TlsDoorOptions): (socket: Duplex) => void {
  let opening: Promise<Server> | undefined;
  return (socket) => {
    opening ??= options.keyPair().then((pair) => openDoor(pair, options));
    opening.then(
      (server) => {
        if (socket.destroyed) return;
        // A client that hangs up amid its handshake is gone; only later may it have a sending side to close.
        socket.allowHalfOpen = false;
        server.emit('connection', socket);
      },
      (error: unknown) => {
        opening = undefined; // a file that was put right is seen by the next client
        const reason = error instanceof Error ? error.message : String(error);
        options.log('A client that speaks TLS was turned away', { reason });
        socket.destroy();
      },
    );
  };
}

// This server never listens: it does the handshakes of the sockets that are given to it.
function openDoor(pair: CertifiedKey, { handshakeTimeout, log, secured }: TlsDoorOptions): Server {
  const server = createServer({
    cert: pair.certificatePem,
    key: pair.keyPem,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout,
  });
  server.on('secureConnection', (socket) => {
    socket.allowHalfOpen = true;
    secured(socket);
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!isHangUp(error)) log(handshakeMessage(error), { code: error.code });
    socket.destroy();
  });
  return server;
}

/** Whether a client has just gone away, which is its right and no news. */
export function isHangUp(error: NodeJS.ErrnoException): boolean {
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(error.code ?? '');
}

/**
 * The log line for a TLS error. Most are clients that do not know the CA: OpenSSL names the alert they sent
 * in the error's code. In TLS 1.3 it comes after the handshake.
 */
export function handshakeMessage({ code = '' }: NodeJS.ErrnoException): string {
  return /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/.test(code)
    ? "A client does not trust Mockjet's certificate: `mockjet env` tells how to give it the CA"
    : 'A TLS handshake failed';
}
