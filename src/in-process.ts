import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { type GivenSetting, readSettings, settings } from './config.ts';
import type { Keys, Mockjet, MockjetOptions } from './index.ts';
import { closestName } from './lib/closest-name.ts';
import { createLogLines, type LogLines } from './lib/log-lines.ts';
import { didYouMean } from './lib/read-options.ts';
import { UsageError } from './lib/usage-error.ts';
import { accountClient } from './library/account.ts';
import { createControlClient, MockjetError, type Send } from './library/control-client.ts';
import { createFaultsClient } from './library/faults.ts';
import { readSeedDocument } from './seed-file.ts';
import { buildConfigured, listenAt } from './start.ts';

const defaultKeys: Keys = { apiKey: 'mockjet-public', secretKey: 'mockjet-private' };

/** What `startMockjet` does: options in, a server that listens out. */
export async function startInProcess(options: MockjetOptions): Promise<Mockjet> {
  if (typeof options !== 'object' || options === null)
    throw new Error('startMockjet takes an object of options, or nothing');
  const { seed } = options;
  const config = readSettings(givenBy(options));
  const lines = options.log ? createLogLines() : undefined;
  const app = await buildConfigured(config, {
    ...(lines === undefined ? {} : { logger: await createLogger(lines) }),
    ...(typeof seed === 'object' ? { seed: readSeedDocument(seed) } : {}),
  });
  try {
    return await listening(app, options, lines);
  } catch (error) {
    await app.server.close();
    throw error;
  }
}

async function listening(
  app: App,
  options: MockjetOptions,
  lines: LogLines | undefined,
): Promise<Mockjet> {
  const { keys = defaultKeys, host = '127.0.0.1', port: wantedPort = 0 } = options;
  const { smtpPort, smtpsPort } = options;
  const { server, registry, identity } = app;
  // a file that can't be opened is left alone, and the others serve; a library has no log of its own to say so
  for (const { message } of await registry.openAll())
    process.emitWarning(message, 'MockjetWarning');
  registry.authenticate(keys.apiKey, keys.secretKey);
  const where = { host, port: wantedPort, smtpPort, smtpsPort };
  const { url, smtpUrl, smtpsUrl } = await listenAt(app, where);
  const { port } = server.server.address() as AddressInfo; // it listens on TCP
  const send = inProcess(app);
  const control = createControlClient(send);
  const defaultAccount = accountClient(send, keys, url);
  const close = async () => {
    hasClosed.add(server);
    await server.close();
    await lines?.flush(longestFlush);
  };
  return {
    url,
    port,
    smtpUrl,
    smtpsUrl,
    apiKey: keys.apiKey,
    secretKey: keys.secretKey,
    env: defaultAccount.env,
    defaultAccount,
    async account({ seed, idSeed, ...wanted } = {}) {
      const json = { ...wanted, ...(idSeed === undefined ? {} : { idSeed: String(idSeed) }) };
      const made = await control.call<Keys>('POST', '/accounts', { json });
      const account = accountClient(send, made, url);
      try {
        if (seed !== undefined) await account.seed(seed);
      } catch (error) {
        await account.remove();
        throw error;
      }
      return account;
    },
    faults: createFaultsClient(control),
    caPem: () => identity.caPem(),
    async reset() {
      await control.call('POST', '/reset', { json: {} });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Options as settings, checked by the table that the command line uses, in the library's own words. */
function givenBy({ keys, log, seed, port = 0, ...rest }: MockjetOptions) {
  const values = {
    ...rest,
    seed: typeof seed === 'string' ? seed : undefined,
    port,
    apiKey: keys?.apiKey,
    secretKey: keys?.secretKey,
    logLevel: log ? 'info' : 'silent',
  };
  const given: Record<string, GivenSetting> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(settings, name)) throw new UsageError(unknownOption(name));
    const origin = name === 'apiKey' || name === 'secretKey' ? `keys.${name}` : name;
    if (value !== undefined) given[name] = { value: String(value), origin };
  }
  return given;
}

/** The options there are; a pair of keys stands in for two settings. */
const optionNames = [
  ...Object.keys(settings).filter((name) => !['apiKey', 'secretKey', 'logLevel'].includes(name)),
  'keys',
  'log',
];

function unknownOption(name: string): string {
  const close = closestName(name, optionNames);
  return `startMockjet knows no option ${name}${didYouMean(close)}`;
}

/** Servers that were told to close: they take no more calls. */
const hasClosed = new WeakSet<App['server']>();

/** The control API without a socket between: its own handlers answer. */
function inProcess({ server }: App): Send {
  return async ({ method, url, headers, body }) => {
    if (hasClosed.has(server)) throw new MockjetError(503, 'This Mockjet was closed');
    const answer = await server.inject({
      method,
      url,
      headers,
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' ? body : Buffer.from(body) }),
    });
    return { status: answer.statusCode, bytes: answer.rawPayload };
  };
}

/** How long `close` waits for the last lines of the log, ms. */
const longestFlush = 300;

async function createLogger(lines: LogLines) {
  const { pino } = await import('pino');
  return pino({ level: 'info' }, lines);
}
