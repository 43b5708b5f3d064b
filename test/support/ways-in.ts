import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A running server as its clients see it. */
export type Door = { port: number; ca: string };

/** One of the ways in: a socket ready for requests, and how a request line names its target. */
export type WayIn = {
  name: string;
  open(door: Door): Promise<Socket>;
  target(path: string): string;
};

// Understood by Node and missing from its types.
const halfOpen = { allowHalfOpen: true };
const asPath = (path: string) => path;

/** The ways in which clients reach the one port; TLS is always verified against the CA. */
export const waysIn: WayIn[] = [
  { name: 'plain HTTP', open: openTcp, target: asPath },
  {
    name: 'HTTPS with SNI',
    open: async (door) => secure(door, await openTcp(door)),
    target: asPath,
  },
  { name: 'HTTPS by IP', open: secureByIp, target: asPath },
  { name: 'absolute-form', open: openTcp, target: (path) => `https://api.mailjet.com${path}` },
  {
    name: 'CONNECT and TLS',
    open: async (door) => secure(door, await openTunnel(door)),
    target: asPath,
  },
  { name: 'CONNECT and plain HTTP', open: (door) => openTunnel(door), target: asPath },
];

/** Opens a TCP connection that stays readable after `end()`. */
export async function openTcp({ port }: Pick<Door, 'port'>): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** Asks for a tunnel and returns its socket; throws the answer if it is refused. */
export async function openTunnel(door: Door, target = 'api.mailjet.com:443'): Promise<Socket> {
  const socket = await openTcp(door);
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  if (answer.toString().startsWith('HTTP/1.1 200 ')) return socket;
  // the server would wait for a client that keeps its side open
  socket.destroy();
  throw new Error(answer.toString());
}

async function secure({ ca }: Door, socket: Socket): Promise<Socket> {
  const secured = connectTls({ socket, ca, servername: 'api.mailjet.com', ...halfOpen });
  await once(secured, 'secureConnect');
  return secured;
}

async function secureByIp({ port, ca }: Door): Promise<Socket> {
  const secured = connectTls({ port, host: '127.0.0.1', ca, ...halfOpen });
  await once(secured, 'secureConnect');
  return secured;
}

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
  });
}
