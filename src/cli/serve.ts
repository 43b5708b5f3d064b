import { pino } from 'pino';
import { buildApp } from '../app.ts';
import { readConfig, redacted } from '../config.ts';
import { readSeedFile } from './seed-file.ts';
import { packageVersion } from './version.ts';

/** How long open requests may take to end after a signal, ms. */
const patience = 1500;

/** Serves until SIGTERM or SIGINT, then ends what runs and exits with 0. */
export async function serve(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const config = readConfig(argv, environment);
  const { apiKey, secretKey } = config;
  const logger = pino({ level: config.logLevel }, await logStream());
  const { server, registry } = await buildApp({
    keys: apiKey === undefined || secretKey === undefined ? undefined : { apiKey, secretKey },
    dataDirectory: config.data,
    idSeed: config.idSeed,
    openAccounts: config.openAccounts,
    pace: config.pace,
    stateMs: config.stateMs,
    bodyLimit: config.bodyLimit,
    tlsNames: config.tlsName,
    tlsCert: config.tlsCert,
    tlsKey: config.tlsKey,
    journalCalls: config.journal,
    controlToken: config.controlToken,
    seed: config.seed === undefined ? undefined : readSeedFile(config.seed),
    config: redacted(config),
    version: packageVersion(),
    logger,
  });
  let isClosing = false;
  const stop = (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(0), patience).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const url = await server.listen({ host: config.host, port: config.port });
  logger.info({ url, data: config.data ?? 'memory' }, 'ready');
  // Jobs that the last stop interrupted go on without waiting for their account's next request.
  for (const failure of registry.openAll()) logger.error(failure.message);
}

/** Pretty on a terminal, JSON lines elsewhere. */
async function logStream() {
  if (!process.stdout.isTTY) return process.stdout;
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
