import { expect, test } from 'vitest';
import { readAnswer } from '../support/raw-answers.ts';
import { startEcho } from '../support/transport-server.ts';
import { openTcp, openTunnel, waysIn } from '../support/ways-in.ts';

/** Longer than a test may take: what closes within it does not wait for it. */
const longGrace = 3_600_000;

test.each(waysIn)('lets a request by $name finish and then closes', async ({ open, target }) => {
  const { app, door, waiting, finishSlow } = await startEcho({
    closeGrace: longGrace,
    holdsSlow: true,
  });
  const socket = await open(door);
  const idle = await open(door);
  idle.write(`GET ${target('/')} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await readAnswer(idle);
  socket.write(`GET ${target('/slow')} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await expect.poll(() => waiting.length).toBe(1);
  const answer = readAnswer(socket);
  let isClosed = false;
  const closing = app.close().then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => idle.once('end', resolve).resume());
  expect(isClosed).toBe(false);
  finishSlow();
  expect((await answer).body).toBe('{"slow":true}');
  await closing;
  socket.destroy();
});

test('closes at once over silent connections and tunnels', async () => {
  const { app, door } = await startEcho({ closeGrace: longGrace });
  const sockets = [await openTcp(door), await openTunnel(door)];
  for (const socket of sockets) socket.on('error', () => {}).resume();
  await app.close();
  for (const socket of sockets) socket.destroy();
});

test.each([
  ['half a TLS handshake', '\x16\x03\x01\0\xc8\x01'],
  ['half a request', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nA'],
])('ends %s when the grace period is over, not before', async (_name, bytes) => {
  const grace = 200;
  const { app, door, bytesRead } = await startEcho({ closeGrace: grace });
  const sockets = [await openTcp(door), await openTunnel(door)];
  const before = bytesRead();
  for (const socket of sockets) {
    socket.on('error', () => {}).resume();
    socket.write(bytes, 'latin1');
  }
  await expect.poll(bytesRead).toBe(before + 2 * bytes.length);
  const begun = performance.now();
  await app.close();
  // no timer of Node is early by more than a millisecond
  expect(performance.now() - begun).toBeGreaterThan(grace - 5);
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
