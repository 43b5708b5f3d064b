import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { beginExchanges } from './exchange.ts';
import { answerFailures } from './failures.ts';
import { createTransports } from './listener.ts';
import { readableUrl } from './path.ts';
import { logRequests } from './request-log.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** The web server, without a route: it logs each request and answers what fails. */
export function createWebServer({
  identity,
  names,
  logger,
}: {
  identity: TlsIdentity;
  /** More names of this server, for proxy requests. */
  names: readonly string[];
  logger: FastifyBaseLogger | undefined;
}): FastifyInstance {
  const server: FastifyInstance = Fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    // a logger for each request would only add a number to its one line
    childLoggerFactory: (parent) => parent,
    exposeHeadRoutes: false,
    rewriteUrl: ({ url = '/' }) => readableUrl(url),
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 1_000_000,
    },
    forceCloseConnections: 'idle',
    ...createTransports({
      identity,
      names,
      log: (message, details) => server.log.info(details, message),
    }),
  });
  beginExchanges(server);
  logRequests(server);
  answerFailures(server);
  return server;
}
