import { finished } from 'node:stream';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Room } from '../collect-body.ts';

/** Mails up to this are taken however many others come in, bytes. */
const alwaysTaken = 1024 * 1024;

/** What came after DATA; `size` alone of what was too large, `gone` where the client left in the middle of it. */
export type Received = { raw: Buffer } | { tooLarge: number } | 'no room' | 'too slow' | 'gone';

/**
 * Reads a mail to its end. One that is too large, or finds no room, is read and thrown away: the reply to it cannot come
 * before.
 * @param bounds `room` is what all mails that are coming in may hold, `ms` how long one may take
 */
export function receive(
  stream: SMTPServerDataStream,
  { room, ms }: { room: Room; ms: number },
): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isRefused = false;
    const take = (chunk: Buffer) => {
      if (isRefused || stream.sizeExceeded) {
        chunks.length = 0;
        return;
      }
      size += chunk.length;
      isRefused = !room.enter(chunk.length) && size > alwaysTaken;
      chunks.push(chunk);
    };
    const end = (received: Received) => {
      clearTimeout(timer);
      room.leave(size);
      resolve(received);
    };
    const timer = setTimeout(() => {
      stopWaiting();
      stream.off('data', take).resume();
      end('too slow');
    }, ms);
    stream.on('data', take);
    // an error has a listener, so that it ends nothing but this mail
    stream.on('error', () => {});
    const stopWaiting = finished(stream, (error) => {
      if (error != null) end('gone');
      else if (stream.sizeExceeded) end({ tooLarge: stream.byteLength });
      else end(isRefused ? 'no room' : { raw: Buffer.concat(chunks) });
    });
  });
}
