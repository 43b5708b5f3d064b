import { expect, test } from 'vitest';
import { readAnswer } from '../support/raw-answers.ts';
import { startEcho } from '../support/transport-server.ts';
import { openTcp, openTunnel, waysIn } from '../support/ways-in.ts';

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

test.each(waysIn)('lets a request by $name finish and then closes', async ({ open, target }) => {
  const { app, door } = await startEcho({ closeGrace: 4000 });
  const socket = await open(door);
  const idle = await open(door);
  idle.write(`GET ${target('/')} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await readAnswer(idle);
  socket.write(`GET ${target('/slow')} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const answer = readAnswer(socket);
  const elapsed = await timed(() => app.close());
  expect((await answer).body).toBe('{"slow":true}');
  expect(elapsed).toBeLessThan(2000);
  idle.destroy();
  socket.destroy();
});

test('closes at once over silent connections and tunnels', async () => {
  const { app, door } = await startEcho({ closeGrace: 4000 });
  const sockets = [await openTcp(door), await openTunnel(door)];
  for (const socket of sockets) socket.on('error', () => {}).resume();
  expect(await timed(() => app.close())).toBeLessThan(1000);
  for (const socket of sockets) socket.destroy();
});

test.each([
  ['half a TLS handshake', '\x16\x03\x01\0\xc8\x01'],
  ['half a request', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nA'],
])('ends %s when the grace period is over', async (_name, bytes) => {
  const { app, door } = await startEcho({ closeGrace: 300 });
  const sockets = [await openTcp(door), await openTunnel(door)];
  for (const socket of sockets) {
    socket.on('error', () => {}).resume();
    socket.write(bytes, 'latin1');
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  const elapsed = await timed(() => app.close());
  expect(elapsed).toBeGreaterThan(200);
  expect(elapsed).toBeLessThan(1500);
});

test('drops connections that stay silent for too long', async () => {
  const { app, door, lines } = await startEcho({ headersTimeout: 100, handshakeTimeout: 100 });
  const silent = await openTcp(door);
  const halfway = await openTcp(door);
  halfway.on('error', () => {}).write('\x16\x03\x01\0\xc8\x01', 'latin1');
  await Promise.all(
    [silent, halfway].map((socket) => new Promise((end) => socket.once('end', end).resume())),
  );
  expect(lines).toEqual(['A TLS handshake failed']);
  await app.close();
});
