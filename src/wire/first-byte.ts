import type { Duplex } from 'node:stream';

/** The first byte of each TLS record that opens a connection: a handshake. */
export const tlsHandshake = 0x16;

/**
 * Waits for a client's first byte and leaves all that was read in the socket, which is then paused.
 *
 * A socket that closes, ends or stays silent before it is destroyed without a word: port scans and the
 * spare connections of browsers do this.
 *
 * @param socket a net or TLS socket that nobody reads.
 * @param silenceMs how long it may stay silent; 0 for ever.
 */
export function awaitFirstByte(
  socket: Duplex,
  silenceMs: number,
  then: (firstByte: number) => void,
): void {
  const giveUp = () => socket.destroy();
  const timer = silenceMs > 0 ? setTimeout(giveUp, silenceMs).unref() : undefined;
  const forget = () => {
    clearTimeout(timer);
    socket.off('data', onData).off('end', giveUp).off('close', forget);
  };
  const onData = (chunk: Buffer) => {
    forget();
    socket.pause();
    socket.unshift(chunk);
    then(chunk[0] ?? 0);
  };
  socket.on('data', onData).on('end', giveUp).on('close', forget);
}
