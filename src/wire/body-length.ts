import type { RequestListener } from 'node:http';

/**
 * Wraps a handler so that a chunked request has no Content-Length, as RFC 9112 6.3 wants it.
 *
 * The Ruby client sends both for a file; the parser rightly goes by the chunks, but Fastify would then
 * compare the body with the other length and refuse it.
 */
export function withOneLength(handler: RequestListener): RequestListener {
  return (request, response) => {
    const { headers } = request;
    if (headers['transfer-encoding'] !== undefined) delete headers['content-length'];
    handler(request, response);
  };
}
