import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { drain } from './proxy.ts';
import { handshakeMessage, isHangUp } from './tls-door.ts';
import { badRequestPage, headersTooLarge, requestTimeout, type WireAnswer } from './wire-answer.ts';

/** Writes a whole HTTP answer, its `Connection: close` included, to a socket. */
export type OnClientError = (error: NodeJS.ErrnoException, socket: Duplex) => void;

/**
 * Answers bytes that are no HTTP request, headers that are too large and requests that take too long, once
 * for each socket, and sees that the socket is destroyed.
 */
export function answerClientErrors(
  server: Server,
  answer: OnClientError = answerWithPage,
  log: (message: string, details: Record<string, unknown>) => void,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The parser complains again about each further chunk.
    if (socket.writableEnded || socket.destroyed) return;
    if (isHangUp(error)) return void socket.destroy();
    if (error.code?.startsWith('ERR_SSL')) {
      log(handshakeMessage(error), { code: error.code });
      return void socket.destroy();
    }
    log('A client sent what is no HTTP request', { code: error.code });
    if (!isAnswering(socket)) answer(error, socket);
    socket.end();
    drain(socket);
  });
}

// A second answer in the middle of a running one would be taken for its body. Node's own handler looks at
// the same undocumented property.
function isAnswering(socket: object): boolean {
  const running: unknown = '_httpMessage' in socket ? socket._httpMessage : undefined;
  return typeof running === 'object' && running !== null && Reflect.get(running, 'headersSent');
}

const pages: Record<string, WireAnswer> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: requestTimeout,
};

function answerWithPage(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { status, phrase, headers, body = '' } = pages[error.code ?? ''] ?? badRequestPage;
  const lines = [
    `HTTP/1.1 ${status} ${phrase}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
