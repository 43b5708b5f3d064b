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

/** Pretty on a terminal, JSON lines elsewhere: written beside the work, what waits at the exit. */
async function logStream() {
  if (!process.stdout.isTTY)
    return pino.destination({ fd: 1, sync: false, minLength: 8192, periodicFlush: 50 });
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
