import { type App, type AppOptions, buildApp } from './app.ts';
import type { Config } from './config.ts';

/**
 * The application by its settings: what `mockjet` and `startMockjet` share.
 * @param logger none without
 * @throws Error when the data directory cannot be used
 */
export function buildConfigured(config: Config, logger?: AppOptions['logger']): Promise<App> {
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
    logger,
  });
}
