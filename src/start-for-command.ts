import type { FastifyBaseLogger } from 'fastify';
import { readConfig } from './config.ts';
import { buildConfigured, listenAt } from './start.ts';

/** A mock that lives as long as a command runs. */
export interface CommandMock {
  url: string;
  /** The pair that is let in where one is set; any other works too. */
  apiKey: string;
  secretKey: string;
  smtpPort: number | undefined;
  caPem(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts a mock by the settings of a command line, on a free port and in silence unless they say otherwise.
 * @param createLogger is asked when the log is wanted
 * @throws UsageError for a wrong setting
 */
export async function startForCommand(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  createLogger: (level: string) => FastifyBaseLogger,
): Promise<CommandMock> {
  // a port of the environment is that of another mock, which the command shall not meet
  const { MOCKJET_PORT: _port, MOCKJET_LOG_LEVEL: _level, ...others } = environment;
  const config = readConfig(['--port=0', '--log-level=silent', ...argv], others);
  const app = await buildConfigured(
    config,
    config.logLevel === 'silent' ? {} : { logger: createLogger(config.logLevel) },
  );
  const { url, smtpUrl } = await listenAt(app, config);
  const { apiKey = 'mockjet-public', secretKey = 'mockjet-private' } = config;
  return {
    url,
    apiKey,
    secretKey,
    smtpPort: smtpUrl === undefined ? undefined : Number(new URL(smtpUrl).port),
    caPem: () => app.identity.caPem(),
    async close() {
      await app.server.close();
    },
  };
}
