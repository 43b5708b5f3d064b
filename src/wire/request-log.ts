import type { FastifyInstance } from 'fastify';
import { healthPaths } from './health.ts';

/** One line a request, with the operation's name; queries and credentials stay out of it. Health is at debug level. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const path = (request.raw.url ?? '').split('?', 1)[0]?.slice(0, 300);
    const { operation, dropped, reason } = request.exchange;
    const details = {
      method: request.method,
      path,
      operation,
      status: reply.raw.statusCode,
      // no word of whose they are: a log holds no addresses
      ...(dropped.length === 0 ? {} : { dropped: `${dropped.length}, senders not validated` }),
      ...(reason === undefined ? {} : { reason }),
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (healthPaths.has(request.routeOptions.url)) request.log.debug(details, 'request');
    else request.log.info(details, 'request');
    done();
  });
}
