/**
 * A request as a client was seen to send it, and what must come back. In each text {name} stands for
 * something that the account of the row holds (see `world.ts`), and {made} for the ID that the step before
 * was answered with.
 */
export interface Step {
  /** Method and target. */
  send: string;
  /** All headers but Host and Authorization, and Content-Length where it tells the truth. */
  headers?: string[];
  /** A string goes out as UTF-8. */
  body?: string | Buffer;
  /** Status line behind `HTTP/1.1`; with … at its end, its beginning. */
  status: string;
  /** Content-Type of the answer; by default that of the old back end, or of the new one where it answers. */
  type?: string | undefined;
  /** What stands in the body. */
  has?: string[];
  /** What does not. */
  lacks?: string[];
  /** The whole body. */
  is?: string;
}

/** What a client does that others do not, named after the client and version that does it. */
export interface Quirk extends Step {
  client: string;
  does: string;
  /** Requests on the same connection that show what the first has done. */
  after?: Step[];
}

export const json = 'Content-Type: application/json';
export const plain = 'Content-Type: text/plain';
export const chunked = 'Transfer-Encoding: chunked';

/** Chunks as a client cuts them. */
export function inChunks(...parts: string[]): string {
  return [...parts, '']
    .map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`)
    .join('');
}
