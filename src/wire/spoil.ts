import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../control/faults.ts';
import type { WireAnswer } from './wire-answer.ts';

/** Applies what a fault does to an answer's body. */
export function spoilBody(answer: WireAnswer, { malformed }: Fault): WireAnswer {
  if (malformed === undefined || answer.body === undefined) return answer;
  const bytes = Buffer.from(answer.body);
  const body =
    malformed === 'truncated'
      ? bytes.subarray(0, Math.floor(bytes.length / 2))
      : Buffer.from('<html><body>Bad gateway</body></html>');
  return { ...answer, body };
}

/** Writes an answer whose connection is cut in its middle, or right after it. */
export function writeCut(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string | Buffer | undefined,
  cut: 'during' | 'after',
): void {
  const { raw } = reply;
  const destroy = () => request.raw.socket.destroy();
  if (cut === 'after') {
    raw.end(body, destroy);
    return;
  }
  const bytes = Buffer.from(body ?? '');
  raw.flushHeaders();
  raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), destroy);
}
