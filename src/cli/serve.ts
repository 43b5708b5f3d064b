import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { buildConfigured } from '../start.ts';

/** How long open requests may take to end after a signal, ms. */
const patience = 1500;

/** Serves until SIGTERM or SIGINT, then ends what runs and exits with 0. */
export async function serve(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const config = readConfig(argv, environment);
  const logger = pino({ level: config.logLevel }, await logStream());
  const { server, registry } = await buildConfigured(config, { logger });
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

/** Log lines are written beside the work, some hundreds at once: bytes, ms. What waits is written at the exit. */
const inBatches = { fd: 1, sync: false, minLength: 65_536, maxWrite: 131_072, periodicFlush: 50 };

/** Pretty on a terminal, JSON lines elsewhere. */
async function logStream() {
  if (!process.stdout.isTTY) return pino.destination(inBatches);
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
