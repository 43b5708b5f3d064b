import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { removeUnfinishedUploads } from './accounts/data-store.ts';
import { createRegistry, type Registry } from './accounts/registry.ts';
import { createSnapshotStore } from './accounts/snapshots.ts';
import { applySeed } from './control/seed.ts';
import type { SeedDocument } from './control/seed-document.ts';
import { createServer, type Server } from './control/server.ts';
import type { Resource } from './engine/resource.ts';
import type { Pace } from './jobs/pace.ts';
import { createRunner } from './jobs/runner.ts';
import { createScheduler, type Scheduler, type SliceBudget } from './jobs/scheduler.ts';
import { createRandom } from './lib/random.ts';
import { createMailroom } from './mail/mailroom.ts';
import { findResource } from './resources/all.ts';
import { createRoom } from './wire/collect-body.ts';
import { controlApi } from './wire/control.ts';
import { endTurn } from './wire/end-of-turn.ts';
import { beginExchanges } from './wire/exchange.ts';
import { answerFailures } from './wire/failures.ts';
import { healthRoutes } from './wire/health.ts';
import { createInFlight } from './wire/in-flight.ts';
import { createTransports } from './wire/listener.ts';
import { mailjetScope } from './wire/mailjet/scope.ts';
import { ownNames } from './wire/own-names.ts';
import { readableUrl } from './wire/path.ts';
import { logRequests } from './wire/request-log.ts';
import { createTlsIdentity, type TlsIdentity } from './wire/tls-identity.ts';

export interface AppOptions {
  keys?: { apiKey: string; secretKey: string } | undefined;
  dataDirectory?: string | undefined;
  idSeed?: string | undefined;
  openAccounts?: number | undefined;
  accounts?: number | undefined;
  /** Bytes of snapshots in memory. */
  snapshotBytes?: number | undefined;
  pace: Pace;
  stateMs: number;
  /** Bytes of the largest body. */
  bodyLimit: number;
  /** Bytes and values of the largest body of JSON, or of a form. */
  jsonLimit?: number | undefined;
  jsonValues?: number | undefined;
  /** Bytes that are held of all uploads that are coming in; further ones are stored in smaller pieces. */
  uploadPieces?: number | undefined;
  /** How many records of a file an import reads, sorts and stores together. */
  runRecords?: number | undefined;
  /** When a slice of a job's work ends; after some milliseconds unless told otherwise. */
  sliceBudget?: SliceBudget | undefined;
  logger?: FastifyBaseLogger | undefined;
  /** More names of this server, for certificates and proxy requests. */
  tlsNames?: readonly string[] | undefined;
  /** The user's own certificate and key, files in PEM. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  /** How many calls each account's journal keeps. */
  journalCalls?: number | undefined;
  /** Knows the resources by their names in any case; Mockjet's own without. */
  findResource?: ((name: string) => Resource | undefined) | undefined;
  /** What every fresh account holds beside Mailjet's own. */
  seed?: SeedDocument | undefined;
  /** Locks the control API. */
  controlToken?: string | undefined;
  /** What the control API shows of the settings, secrets redacted. */
  config?: Record<string, unknown> | undefined;
  version?: string | undefined;
}

const defaultJsonLimit = 16 * 1024 * 1024;
const defaultJsonValues = 1_000_000;
const defaultUploadPieces = 64 * 1024 * 1024;

export interface App {
  server: FastifyInstance;
  registry: Registry;
  scheduler: Scheduler;
  identity: TlsIdentity;
  control: Server;
}

/** The application: every part made and joined here, in order. It listens when its server is told to. */
export async function buildApp(options: AppOptions): Promise<App> {
  let isReady = true;
  const runner = createRunner(
    (error, job) =>
      server.log.error({ err: error, job: String(job.id) }, 'job failed unexpectedly'),
    options.runRecords,
  );
  const scheduler = createScheduler(runner, {
    pace: options.pace,
    stateMs: options.stateMs,
    beforeSlice: endTurn,
    budget: options.sliceBudget,
    onFailure: (error) => server.log.error({ err: error }, 'job could not be stored'),
  });
  const mailroom = createMailroom({
    paceOf: (account) => scheduler.pace(account),
    beforeSlice: endTurn,
    onFailure: (error) => server.log.error({ err: error }, 'message could not be moved on'),
  });
  const inFlight = createInFlight();
  const { seed } = options;
  const registry = createRegistry({
    keys: options.keys,
    dataDirectory: options.dataDirectory,
    idSeed: options.idSeed,
    openAccounts: options.openAccounts,
    accounts: options.accounts,
    fill: seed === undefined ? undefined : (account) => void applySeed(account, seed),
    onOpen(account) {
      removeUnfinishedUploads(account);
      scheduler.attach(account);
      mailroom.life.attach(account);
    },
    onClose(account) {
      scheduler.detach(account);
      mailroom.life.detach(account);
    },
    isIdle: (account) =>
      !inFlight.isBusy(account) && scheduler.isIdle(account) && mailroom.life.isIdle(account),
    onRefused: (apiKey, why) => server.log.info({ apiKey }, `refused: ${why}`),
  });
  const random = createRandom(options.idSeed === undefined ? undefined : `${options.idSeed}/`);
  const names = options.tlsNames ?? [];
  const identity = createTlsIdentity({
    directory: options.dataDirectory,
    names,
    certFile: options.tlsCert,
    keyFile: options.tlsKey,
  });
  const control = createServer(
    {
      registry,
      runner,
      scheduler,
      mailroom,
      snapshots: createSnapshotStore(options.dataDirectory, options.snapshotBytes),
      random,
      configuredKey: options.keys?.apiKey,
      config: options.config ?? {},
      version: options.version ?? '',
      caPem: () => identity.caPem(),
    },
    { calls: options.journalCalls ?? 1000 },
  );

  const json = Math.min(options.jsonLimit ?? defaultJsonLimit, options.bodyLimit);
  const limits = {
    upload: options.bodyLimit,
    json,
    values: options.jsonValues ?? defaultJsonValues,
    room: createRoom(12 * Math.max(json, defaultJsonLimit)),
    pieces: createRoom(options.uploadPieces ?? defaultUploadPieces),
  };

  const server: FastifyInstance = Fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    // a logger for each request would only add a number to its one line
    childLoggerFactory: (logger) => logger,
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
  healthRoutes(server, () => (isReady ? registry.trouble() : 'stopping'));

  await server.register((scope) =>
    mailjetScope(
      scope,
      {
        scheduler,
        mailroom,
        limits,
        findResource: options.findResource ?? findResource,
      },
      { registry, inFlight, control, random },
    ),
  );

  await server.register(
    async (scope) =>
      controlApi(scope, control, {
        token: options.controlToken,
        limits,
        names: new Set(ownNames(names)),
        inFlight,
      }),
    { prefix: '/_mockjet' },
  );

  server.addHook('preClose', () => {
    isReady = false;
    scheduler.stop();
    control.close();
  });
  server.addHook('onClose', () => registry.close());
  return { server, registry, scheduler, identity, control };
}
