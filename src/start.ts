import { type App, type AppOptions, buildApp } from './app.ts';
import { type Config, redacted } from './config.ts';
import { packageVersion } from './lib/version.ts';
import { readSeedFile } from './seed-file.ts';

/**
 * The application by its settings: what `mockjet` and `startMockjet` share.
 * @param beside a logger, and a seed that is no file
 * @throws Error when the data directory or the seed cannot be used
 */
export async function buildConfigured(
  config: Config,
  beside: Pick<AppOptions, 'logger' | 'seed'> = {},
): Promise<App> {
  const { apiKey, secretKey } = config;
  return buildApp({
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
    config: redacted(config),
    version: packageVersion(),
    seed: config.seed === undefined ? undefined : readSeedFile(config.seed),
    ...beside,
  });
}
