import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Account } from './accounts/account.ts';
import { removeUnfinishedUploads } from './accounts/data-store.ts';
import { createRegistry, type Registry } from './accounts/registry.ts';
import { createSnapshotStore } from './accounts/snapshots.ts';
import { type Config, keysOf, redacted } from './config.ts';
import type { SeedDocument } from './control/seed-document.ts';
import { createSteering, type Steering } from './control/steering.ts';
import type { Resource } from './engine/resource.ts';
import { createRunner } from './jobs/runner.ts';
import { createScheduler, type Scheduler, type SliceBudget } from './jobs/scheduler.ts';
import { createRandom } from './lib/random.ts';
import { readSmtpTarget } from './lib/smtp-target.ts';
import { createForwarding } from './mail/forwarding.ts';
import { createMailroom } from './mail/mailroom.ts';
import type { DeliveryKind } from './outbox/delivery.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { findResource } from './resources/all.ts';
import { fillOf, startWebhooks } from './start-webhooks.ts';
import { tellEvents, tellTest } from './webhooks/tell.ts';
import { bodyLimits } from './wire/body-limits.ts';
import { controlApi } from './wire/control.ts';
import { endTurn } from './wire/end-of-turn.ts';
import { healthRoutes } from './wire/health.ts';
import { createInFlight } from './wire/in-flight.ts';
import { mailjetScope } from './wire/mailjet/scope.ts';
import { ownNames } from './wire/own-names.ts';
import { createWebServer } from './wire/server.ts';
import { createSmtp, type Smtp } from './wire/smtp/smtp.ts';
import { createTlsIdentity, type TlsIdentity } from './wire/tls-identity.ts';

/** What an application is made with beside its settings: what no flag can say. */
export interface Beside {
  logger?: FastifyBaseLogger | undefined;
  /** What every fresh account holds beside Mailjet's own. */
  seed?: SeedDocument | undefined;
  /** Bytes that are held of all uploads that are coming in; further ones are stored in smaller pieces. */
  uploadPieces?: number | undefined;
  /** How many records of a file an import reads, sorts and stores together. */
  runRecords?: number | undefined;
  /** When a slice of a job's work ends; after some milliseconds unless told otherwise. */
  sliceBudget?: SliceBudget | undefined;
  /** Knows the resources by their names in any case; Mockjet's own without. */
  findResource?: ((name: string) => Resource | undefined) | undefined;
}

export interface App {
  server: FastifyInstance;
  registry: Registry;
  scheduler: Scheduler;
  identity: TlsIdentity;
  steering: Steering;
  smtp: Smtp;
}

/** The application: every part made and joined here, in order. It listens when its server is told to. */
export async function buildApp(config: Config, beside: Beside = {}): Promise<App> {
  const identity = createTlsIdentity({
    directory: config.data,
    names: config.tlsName,
    certFile: config.tlsCert,
    keyFile: config.tlsKey,
  });
  const server = createWebServer({ identity, names: config.tlsName, logger: beside.logger });
  const work = startWork(config, beside, server.log);
  const { runner, scheduler, mailroom, outbox, webhooks } = work;
  const inFlight = createInFlight();
  const registry = keepAccounts(config, beside.seed, server.log, {
    ...work,
    isBusy: (account) => inFlight.isBusy(account),
  });
  const random = createRandom(config.idSeed === undefined ? undefined : `${config.idSeed}/`);
  const steering = createSteering(
    {
      registry,
      runner,
      scheduler,
      mailroom,
      outbox,
      webhooks: webhooks.sender,
      snapshots: createSnapshotStore(config.data, config.snapshotBytes),
      random,
      configuredKey: keysOf(config)?.apiKey,
      config: redacted(config),
      caPem: () => identity.caPem(),
    },
    { calls: config.journal, size: config.journalBytes },
  );
  const limits = bodyLimits(config, beside.uploadPieces);

  let isReady = true;
  healthRoutes(server, () => (isReady ? registry.trouble() : 'stopping'));
  const testHook = (account: Account, id: bigint) =>
    void tellTest(account, outbox, id, config.testEvents);
  const known = beside.findResource ?? findResource;
  const parts = { scheduler, mailroom, testHook, limits, findResource: known };
  await server.register((scope) =>
    mailjetScope(scope, parts, { registry, inFlight, steering, random }),
  );
  const access = {
    token: config.controlToken,
    limits,
    names: new Set(ownNames(config.tlsName)),
    inFlight,
  };
  await server.register((scope) => controlApi(scope, steering, access), { prefix: '/_mockjet' });

  const smtp = createSmtp({
    ...{ registry, inFlight, steering, identity },
    ...{ room: limits.room, log: server.log },
  });

  let smtpClosed: Promise<void> | undefined;
  server.addHook('preClose', () => {
    isReady = false;
    scheduler.stop();
    steering.close();
    smtpClosed = smtp.close();
  });
  server.addHook('onClose', async () => {
    await smtpClosed;
    registry.close();
    await webhooks.poster.close();
  });
  return { server, registry, scheduler, identity, steering, smtp };
}

/** What the log says when an account loses mail for the first time. */
const droppedText = {
  mails: 'the oldest mails are dropped: --mails and --mails-bytes allow no more',
  messages: 'the oldest messages are dropped with their history: --messages allows no more',
};

/** What goes on in accounts by itself: their jobs, and the life of their messages. */
function startWork(config: Config, beside: Beside, log: FastifyBaseLogger) {
  const runner = createRunner(
    (error, job) => log.error({ err: error, job: String(job.id) }, 'job failed unexpectedly'),
    beside.runRecords,
  );
  const scheduler = createScheduler(runner, {
    pace: config.pace,
    stateMs: config.stateMs,
    beforeSlice: endTurn,
    budget: beside.sliceBudget,
    onFailure: (error) => log.error({ err: error }, 'job could not be stored'),
  });
  const forwarding = forwardingOf(config);
  const webhooks = startWebhooks(config, log);
  const kinds = forwarding === undefined ? [] : [forwarding];
  const outbox = startOutbox([...kinds, webhooks.sender.kind], log);
  const mailroom = createMailroom({
    paceOf: (account) => scheduler.pace(account),
    beforeSlice: endTurn,
    onFailure: (error) => log.error({ err: error }, 'message could not be moved on'),
    bounds: config,
    templates: config,
    senders: config.senders,
    sandboxIds: config.sandboxIds,
    onEvents: (account, after) => tellEvents(account, outbox, after),
    onDropped: ({ apiKey }, kind) => log.warn({ apiKey }, droppedText[kind]),
    onAccepted:
      forwarding &&
      ((account, subject) => outbox.add(account, { kind: forwarding.name, subject, payload: '' })),
  });
  return { runner, scheduler, mailroom, outbox, webhooks };
}

function forwardingOf({ forward, forwardAnywhere }: Config): DeliveryKind | undefined {
  const target = forward === undefined ? undefined : readSmtpTarget(forward);
  return target && createForwarding(target, forwardAnywhere);
}

/** What leaves the process. */
function startOutbox(kinds: readonly DeliveryKind[], log: FastifyBaseLogger): Outbox {
  return createOutbox({
    kinds,
    onFailed({ apiKey }, { kind, subject, tries }, { message }, isLast) {
      const details = { apiKey, kind, subject: `${subject}`, tries, error: message };
      if (isLast) log.warn(details, 'delivery failed and was given up');
      else if (tries === 1) log.warn(details, 'delivery failed and is tried again');
    },
    onDropped: ({ apiKey }, count) =>
      log.warn({ apiKey, count }, 'too many deliveries wait: the oldest are dropped'),
    onFailure: (error) => log.error({ err: error }, 'delivery could not be noted'),
  });
}

/** The accounts, and what is told when one is opened or put away. */
function keepAccounts(
  config: Config,
  seed: SeedDocument | undefined,
  log: FastifyBaseLogger,
  {
    scheduler,
    mailroom: { life },
    outbox,
    isBusy,
  }: Pick<ReturnType<typeof startWork>, 'scheduler' | 'mailroom' | 'outbox'> & {
    isBusy: (account: Account) => boolean;
  },
): Registry {
  return createRegistry({
    keys: keysOf(config),
    dataDirectory: config.data,
    idSeed: config.idSeed,
    openAccounts: config.openAccounts,
    accounts: config.accounts,
    fill: fillOf(config, seed),
    onOpen(account) {
      removeUnfinishedUploads(account);
      scheduler.attach(account);
      life.attach(account);
      outbox.attach(account);
    },
    onClose(account) {
      scheduler.detach(account);
      life.detach(account);
      outbox.detach(account);
    },
    isIdle: (account) =>
      !isBusy(account) && [scheduler, life, outbox].every((part) => part.isIdle(account)),
    onRefused: (apiKey, why) => log.info({ apiKey }, `refused: ${why}`),
  });
}
