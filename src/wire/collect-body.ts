import { finished, type Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { tooManyBytes } from '../lib/errors.ts';

/** What is read of a refused body and thrown away, bytes: most clients read no answer before they have sent it all. */
const mostDrained = 64 * 1024 * 1024;

/** Bodies up to this are taken however many others come in, bytes. */
const alwaysTaken = 1024 * 1024;

/** How many bytes of bodies are held while the rest of them comes in, for a whole server. */
export interface Room {
  /** Takes bytes in; false when there is no room for them. */
  enter(bytes: number): boolean;
  leave(bytes: number): void;
}

/** @param size bytes */
export function createRoom(size: number): Room {
  let held = 0;
  return {
    enter(bytes) {
      held += bytes;
      return held <= size;
    },
    leave(bytes) {
      held -= bytes;
    },
  };
}

/** How long a body may be, and the setting that says so. */
export interface BodyLimit {
  bytes: number;
  setting: string;
}

/** Too many bodies come in at once. */
class NoRoomError extends Error {
  readonly statusCode = 503;
}

/**
 * Reads a body to its end, as a content type parser does. One that is too long is refused at once; its answer is not
 * ended before the rest has been thrown away.
 */
export function collectBody(
  request: FastifyRequest,
  body: Readable,
  { bytes, setting }: BodyLimit,
  room: Room,
  done: (error: Error | null, body?: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (error: Error | null) => {
    body.off('data', take).off('end', whole).off('error', broken).off('close', closed);
    room.leave(size);
    const [first] = chunks;
    done(error, error !== null ? undefined : chunks.length === 1 ? first : Buffer.concat(chunks));
  };
  const refuse = (error: Error) => {
    request.exchange.rest = drainBody(body);
    end(error);
  };
  const take = (chunk: Buffer) => {
    size += chunk.length;
    const hasRoom = room.enter(chunk.length);
    if (size > bytes) refuse(tooManyBytes(bytes, setting));
    else if (!hasRoom && size > alwaysTaken)
      refuse(new NoRoomError('Too many large bodies come in at once'));
    else chunks.push(chunk);
  };
  const whole = () => end(null);
  // a client that left reads no answer: any will do
  const broken = (error: Error) => {
    body.on('error', () => {}); // whatever follows
    end(Object.assign(error, { statusCode: 400 }));
  };
  const closed = () => broken(new Error('The body has no end'));
  // stream.finished would do, and cost as much as the rest of a small request's body
  body.on('data', take).on('end', whole).on('error', broken).on('close', closed);
}

/** Throws away what is left of a body; resolves at its end, or when it is too much. */
export function drainBody(body: Readable): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostDrained) resolve();
    });
    finished(body, () => resolve());
  });
}
