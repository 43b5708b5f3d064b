import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import { isAnswered, readTarget, type Target } from './own-names.ts';

/** What was refused; the sentence also stands in the answer. */
type Refused = (sentence: string, host: string) => void;

type ProxyRules = {
  own: ReadonlySet<string>;
  refused: Refused;
  /** Goes on with a socket whose client now talks to what it takes for the target. */
  tunnel(socket: Duplex, head: Buffer): void;
};

const slash = 0x2f;

/**
 * Wraps a handler so that it sees absolute-form requests (`GET https://api.mailjet.com/v3/...`, what axios
 * sends to a proxy) as ordinary ones. The path is kept byte for byte. As RFC 9112 3.2.2 wants it, the
 * target replaces the Host header. Foreign targets are refused with a 403.
 */
export function withAbsoluteForm(
  handler: RequestListener,
  { own, refused }: Pick<ProxyRules, 'own' | 'refused'>,
): RequestListener {
  return (request, response) => {
    // Every request passes here: one comparison is all that an ordinary one pays.
    if (request.url?.charCodeAt(0) === slash) return handler(request, response);
    const [, authority, rest = ''] = /^[a-z]+:\/\/([^/?#]*)(.*)$/is.exec(request.url ?? '') ?? [];
    if (authority === undefined) return handler(request, response);
    const target = readTarget(authority);
    if (!isAnswered(target, own, localPort(request))) {
      const sentence = refusal(target);
      refused(sentence, target.host);
      response.writeHead(403, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': Buffer.byteLength(sentence) + 1,
      });
      response.end(`${sentence}\n`);
      return;
    }
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    request.headers.host = authority.slice(authority.lastIndexOf('@') + 1);
    handler(request, response);
  };
}

/** Makes the listener for `connect` events, which opens a tunnel that ends here or refuses it. */
export function connectHandler({ own, refused, tunnel }: ProxyRules) {
  /** Sockets whose client talks to its target: no client asks that for another tunnel, and each would cost memory. */
  const tunnels = new WeakSet<Duplex>();
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = readTarget(request.url ?? '');
    // The HTTP server has let go of the socket, its error listener included.
    socket.on('error', () => socket.destroy());
    if (tunnels.has(socket)) {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      drain(socket);
      return;
    }
    if (isAnswered(target, own, localPort(request))) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnels.add(socket);
      tunnel(socket, head);
      return;
    }
    const body = `${refusal(target)}\n`;
    refused(body.trim(), target.host);
    socket.end(
      'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    drain(socket);
  };
}

const lingerMs = 1000;

/**
 * Sees a socket to its end after its last bytes were given to `end()`: what the client still sends is read
 * and dropped, since closing over unread bytes would reset the connection and lose the answer.
 */
export function drain(socket: Duplex): void {
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

function refusal({ host }: Target): string {
  const name = host.slice(0, 255) || 'an empty host name';
  return (
    `Mockjet is no open proxy and answers only for Mailjet's hosts, so this request to ${name} was not ` +
    `forwarded: add ${name} to NO_PROXY to reach it directly.`
  );
}

function localPort(request: IncomingMessage): number {
  return request.socket.localPort ?? 0;
}
