import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { createLogLines, type LogLines } from '../lib/log-lines.ts';
import { buildConfigured, listenAt } from '../start.ts';
import { onSignal } from './ending.ts';

/** How long open requests may take to end after a signal, and then the last lines of the log, ms. */
const patience = { requests: 1400, log: 300 };

/** Serves until SIGTERM or SIGINT, then ends what runs and exits with 0. */
export async function serve(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const config = readConfig(argv, environment);
  const lines = createLogLines();
  const logger = pino({ level: config.logLevel }, await forReaders(lines));
  const app = await buildConfigured(config, { logger });
  const { server, registry } = app;
  const exit = async (code: number) => {
    await lines.flush(patience.log);
    process.exit(code);
  };
  let isClosing = false;
  onSignal((signal) => {
    if (isClosing) return;
    isClosing = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => exit(0), patience.requests).unref();
    server.close().then(
      () => exit(0),
      () => exit(1),
    );
  });

  const { url, smtpUrl, smtpsUrl } = await listenAt(app, config);
  logger.info({ url, smtpUrl, smtpsUrl, data: config.data ?? 'memory' }, 'ready');
  // Jobs that the last stop interrupted go on without waiting for their account's next request.
  for (const failure of await registry.openAll()) logger.error(failure.message);
}

/** Pretty on a terminal, JSON lines elsewhere. */
async function forReaders(lines: LogLines): Promise<{ write(line: string): void }> {
  if (!process.stdout.isTTY) return lines;
  const { default: pinoPretty } = await import('pino-pretty');
  const pretty = pinoPretty.prettyFactory({
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
  });
  return { write: (line) => lines.write(pretty(line)) };
}
