import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { createLogLines } from '../lib/log-lines.ts';
import { buildConfigured, listenAt } from '../start.ts';
import { onSignal } from './ending.ts';
import { isColoured, terminalLine } from './terminal-lines.ts';

/** How long open requests may take to end after a signal, and then the last lines of the log, ms. */
const patience = { requests: 1400, log: 300 };

/** Serves until SIGTERM or SIGINT, then ends what runs and exits with 0. */
export async function serve(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const config = readConfig(argv, environment);
  const lines = createLogLines();
  const logger = pino({ level: config.logLevel }, forReaders(lines, process.stdout, environment));
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
  const { data = 'memory', apiKey: onlyKey } = config;
  logger.info({ url, smtpUrl, smtpsUrl, data, onlyKey }, 'ready');
  // Jobs that the last stop interrupted go on without waiting for their account's next request.
  for (const failure of await registry.openAll()) logger.error(failure.message);
}

/** Lines for people on a terminal, JSON elsewhere. */
export function forReaders(
  lines: { write(line: string): void },
  stream: { isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): { write(line: string): void } {
  if (!stream.isTTY) return lines;
  const hasColours = isColoured(stream, environment);
  return { write: (line) => lines.write(terminalLine(line, hasColours)) };
}
