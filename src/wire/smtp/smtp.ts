import type { AddressInfo } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { handshakeMessage, isHangUp } from '../tls-door.ts';
import type { TlsIdentity } from '../tls-identity.ts';
import { type SmtpLimits, smtpLimits } from './limits.ts';
import type { SmtpParts } from './sessions.ts';

/** Where SMTP is listened for; a port that is undefined is off, 0 any free one. */
export interface SmtpPorts {
  host: string;
  /** Plain, and TLS by STARTTLS. */
  smtpPort?: number | undefined;
  /** TLS from the first byte. */
  smtpsPort?: number | undefined;
}

/** Where SMTP listens; undefined where it is off. */
export interface SmtpAddresses {
  /** e.g. `smtp://127.0.0.1:1025` */
  smtpUrl: string | undefined;
  /** e.g. `smtps://127.0.0.1:1465` */
  smtpsUrl: string | undefined;
}

/** The SMTP side of the application. */
export interface Smtp {
  /** @throws Error of node:net, or one that says what is wrong with the certificate */
  listen(ports: SmtpPorts): Promise<SmtpAddresses>;
  /** Lets mails that are coming in end, within a bound, and closes all connections. */
  close(): Promise<void>;
}

/** Listens to nothing before it is told to: who has no SMTP reads no library for it, and has no certificate made. */
export function createSmtp(
  parts: SmtpParts & { identity: Pick<TlsIdentity, 'keyPair'> },
  limits: SmtpLimits = smtpLimits,
): Smtp {
  const servers: SMTPServer[] = [];
  const busy = new Set<string>();
  const { log } = parts;

  const listenAt = async (host: string, port: number | undefined, secure: boolean) => {
    if (port === undefined) return undefined;
    const { serveSessions } = await import('./sessions.ts');
    const server = serveSessions(parts, await parts.identity.keyPair(), secure, limits, busy);
    await listening(server, port, host);
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (isHangUp(error) || error.code === 'SocketError') return;
      const isTls = /SSL|TLS/.test(error.code ?? '');
      const message = isTls ? handshakeMessage(error) : 'An SMTP connection failed';
      log.info({ code: error.code }, message);
    });
    servers.push(server);
    const { port: taken } = server.server.address() as AddressInfo; // it listens on TCP
    return `${secure ? 'smtps' : 'smtp'}://${reachable(host)}:${taken}`;
  };

  return {
    async listen({ host, smtpPort, smtpsPort }) {
      const smtpUrl = await listenAt(host, smtpPort, false);
      return { smtpUrl, smtpsUrl: await listenAt(host, smtpsPort, true) };
    },
    async close() {
      await Promise.all(servers.map((server) => closeGently(server, busy, limits.closing)));
    },
  };
}

/** How a server that listens on an address is reached from its own machine, as HTTP's URL has it. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function listening(server: SMTPServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Idle connections are told and end at once, those with a mail on its way have the grace period. */
function closeGently(server: SMTPServer, busy: ReadonlySet<string>, grace: number): Promise<void> {
  const sweep = () => {
    for (const connection of [...server.connections]) {
      if (busy.has(connection.id)) continue;
      connection.send(421, 'Server shutting down');
      connection._socket.destroySoon();
    }
  };
  return new Promise((resolve) => {
    server.server.once('close', () => {
      clearInterval(sweeping);
      clearTimeout(killing);
      resolve();
    });
    server.close();
    sweep();
    const sweeping = setInterval(sweep, sweepMs);
    const killing = setTimeout(() => {
      for (const { _socket } of server.connections) _socket.destroy();
    }, grace);
  });
}

const sweepMs = 25;
