import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

type Connections = {
  /** Every TCP connection, whatever is spoken inside. */
  sockets: ReadonlySet<Duplex>;
  /** Connections that have not said a byte yet. */
  waiting: ReadonlySet<Duplex>;
  /** Milliseconds. */
  grace: number;
};

const idleCheckMs = 25;

/**
 * Makes `server.close()` end: silent and idle connections go at once, running requests may finish, and what
 * is left after the grace period (tunnels, handshakes, slow clients) is destroyed.
 * `closeAllConnections()` then reaches the connections that no HTTP parser knows.
 */
export function closeGently(server: Server, { sockets, waiting, grace }: Connections): void {
  const close = server.close.bind(server);
  server.closeAllConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.close = (callback) => {
    close(callback);
    for (const socket of waiting) socket.destroy();
    // Node ends the connections that are idle now, not those whose request finishes later.
    const sweeping = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    const killing = setTimeout(() => server.closeAllConnections(), grace);
    server.once('close', () => {
      clearInterval(sweeping);
      clearTimeout(killing);
    });
    return server;
  };
}
