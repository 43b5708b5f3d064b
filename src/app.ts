import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { removeUnfinishedUploads } from './accounts/data-store.ts';
import { createRegistry, type Registry } from './accounts/registry.ts';
import { createRunner } from './jobs/runner.ts';
import { createScheduler, type Pace, type Scheduler } from './jobs/scheduler.ts';
import { createRandom, guid } from './lib/random.ts';
import { authenticateScope } from './wire/authenticate.ts';
import { takeAnyBody } from './wire/body.ts';
import { dataRoutes } from './wire/data.ts';
import { answerFailures } from './wire/failures.ts';
import { healthRoutes } from './wire/health.ts';
import { badKey, newError } from './wire/new-back-end.ts';
import { unauthorized } from './wire/old-back-end.ts';
import { otherModules } from './wire/other-modules.ts';
import { logRequests } from './wire/request-log.ts';
import { restRoutes } from './wire/rest.ts';
import { v4Routes } from './wire/v4.ts';
import { send } from './wire/wire-answer.ts';

export interface AppOptions {
  keys?: { apiKey: string; secretKey: string } | undefined;
  dataDirectory?: string | undefined;
  pace: Pace;
  stateMs: number;
  bodyLimit: number;
  logger?: FastifyBaseLogger | undefined;
}

export interface App {
  server: FastifyInstance;
  registry: Registry;
  scheduler: Scheduler;
}

/** The application: every part made and joined here, in order. It listens when its server is told to. */
export async function buildApp(options: AppOptions): Promise<App> {
  let isReady = true;
  const runner = createRunner((error, job) =>
    server.log.error({ err: error, job: String(job.id) }, 'job failed unexpectedly'),
  );
  const scheduler = createScheduler(runner, {
    pace: options.pace,
    stateMs: options.stateMs,
    onFailure: (error) => server.log.error({ err: error }, 'job could not be stored'),
  });
  const registry = createRegistry({
    keys: options.keys,
    dataDirectory: options.dataDirectory,
    onOpen(account) {
      removeUnfinishedUploads(account);
      scheduler.attach(account);
    },
  });
  const random = createRandom();

  const server: FastifyInstance = Fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 1_000_000,
    },
    bodyLimit: options.bodyLimit,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: 256 * 1024, insecureHTTPParser: true },
  });
  server.decorateRequest('account', undefined);
  server.decorateRequest('operation', '');
  logRequests(server);
  answerFailures(server);
  healthRoutes(server, () => isReady);

  await server.register(async (scope) => {
    await authenticateScope(scope, registry, (_request, reply) => send(reply, unauthorized));
    await scope.register(async (rest) => {
      takeAnyBody(rest, options.bodyLimit);
      restRoutes(rest, scheduler);
      otherModules(rest);
    });
    await scope.register(async (data) => dataRoutes(data, options.bodyLimit));
  });
  await server.register(async (scope) => {
    await authenticateScope(scope, registry, (_request, reply) =>
      send(reply, newError(401, badKey, guid(random))),
    );
    takeAnyBody(scope, options.bodyLimit);
    v4Routes(scope);
  });

  server.addHook('preClose', () => {
    isReady = false;
    scheduler.stop();
  });
  server.addHook('onClose', () => registry.close());
  return { server, registry, scheduler };
}
