/// <reference lib="esnext.disposable" preserve="true" />
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { readConfig, settings } from './config.ts';
import { createLogLines, type LogLines } from './lib/log-lines.ts';
import { accountClient, type MockjetAccount } from './library/account.ts';
import { createControlClient, type Send } from './library/control-client.ts';
import { createFaultsClient, type Faults } from './library/faults.ts';
import type { Pace } from './library/jobs.ts';
import type { SeedCsv, SeedDocument } from './library/seed.ts';
import { readSeedDocument } from './seed-file.ts';
import { buildConfigured } from './start.ts';

export type { MockjetAccount } from './library/account.ts';
export type { AccountClock, ClockReading, Duration, Time } from './library/clock.ts';
export { MockjetError } from './library/control-client.ts';
export type { Fault, FaultRule, Faults, RateLimit, RateLimits } from './library/faults.ts';
export type { Job, JobEnd, JobState, Jobs, Pace, PaceSetting } from './library/jobs.ts';
export type { RecordedRequest, RequestQuery, Requests } from './library/requests.ts';
export type {
  SeedContact,
  SeedCounts,
  SeedCsv,
  SeedDocument,
  SeedList,
  SeedProperty,
} from './library/seed.ts';
export type { Snapshot, Snapshots } from './library/snapshots.ts';

/** A key pair, as Mailjet gives one for each account. */
export interface Keys {
  apiKey: string;
  secretKey: string;
}

/** How a server in this process is started. None of it is read from the environment. */
export interface MockjetOptions {
  /** Port to listen on; 0, any free one, without. */
  port?: number | undefined;
  /** Address to listen on; 127.0.0.1 without. */
  host?: string | undefined;
  /** Folder to keep accounts in; in memory without. */
  data?: string | undefined;
  /** The only pair that is let in beside accounts made by `account()`; without, any pair opens its own account. */
  keys?: Keys | undefined;
  /** Makes IDs, addresses and GUIDs reproducible. */
  idSeed?: string | number | undefined;
  /** How jobs move; `timed` without. */
  pace?: Pace | undefined;
  /** Milliseconds that a `timed` job stays in each state at least; 5 without. */
  stateMs?: number | undefined;
  /** What every fresh account holds, after a reset too: a document, or the path of a JSON or CSV file. */
  seed?: SeedDocument | SeedCsv | string | undefined;
  /** JSON lines of the server's log on stdout. */
  log?: boolean | undefined;
}

/** Which account `account()` makes. */
export interface AccountOptions {
  /** The public key; made up without. */
  apiKey?: string | undefined;
  /** The private key; made up without. */
  secretKey?: string | undefined;
  /** The name of its owner, as Mailjet's answers show it. */
  name?: string | undefined;
  /** Makes its IDs, addresses and GUIDs reproducible. */
  idSeed?: string | number | undefined;
  /** What it holds. */
  seed?: SeedDocument | SeedCsv | undefined;
}

/** A server in this process. */
export interface Mockjet {
  /** Origin, e.g. `http://127.0.0.1:40123`: plain HTTP, HTTPS and proxy requests, all on one port. */
  readonly url: string;
  readonly port: number;
  /** Public key of the default account. */
  readonly apiKey: string;
  /** Private key of the default account. */
  readonly secretKey: string;
  /** Variables that lead an application to the default account. */
  readonly env: Readonly<Record<string, string>>;
  /** The account behind `apiKey` and `secretKey`. */
  readonly defaultAccount: MockjetAccount;
  /**
   * Makes an account that shares nothing with any other: one for each test.
   * @throws MockjetError when the key is taken, or the seed makes no sense
   */
  account(options?: AccountOptions): Promise<MockjetAccount>;
  /** Faults of every account's calls. */
  readonly faults: Faults;
  /** The certificate that clients must trust for HTTPS, PEM; made when it is first asked for. */
  caPem(): Promise<string>;
  /** Makes every account new. */
  reset(): Promise<void>;
  /** Ends open calls and stops; nothing is left of accounts in memory. */
  close(): Promise<void>;
  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const defaultKeys: Keys = { apiKey: 'mockjet-public', secretKey: 'mockjet-private' };

/**
 * Starts Mockjet in this process.
 * @returns the server, once it listens
 * @throws Error that names each wrong option, or says why the port or the folder cannot be used
 */
export async function startMockjet(options: MockjetOptions = {}): Promise<Mockjet> {
  const { seed } = options;
  const config = readConfig(argumentsOf(options), {});
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
  const { server, registry, identity } = app;
  const [failure] = registry.openAll();
  if (failure !== undefined) throw failure;
  registry.authenticate(keys.apiKey, keys.secretKey);
  const url = await server.listen({ host, port: wantedPort });
  const { port } = server.server.address() as AddressInfo; // it listens on TCP
  const send = inProcess(app);
  const control = createControlClient(send);
  const defaultAccount = accountClient(send, keys, url);
  const close = async () => {
    await server.close();
    await lines?.flush(longestFlush);
  };
  return {
    url,
    port,
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

/** Options as the flags that the command knows: one table checks both. */
function argumentsOf({ keys, log, seed, port = 0, ...rest }: MockjetOptions): string[] {
  const values = {
    ...rest,
    seed: typeof seed === 'string' ? seed : undefined,
    port,
    apiKey: keys?.apiKey,
    secretKey: keys?.secretKey,
    logLevel: log ? 'info' : 'silent',
  };
  return Object.entries(values).flatMap(([name, value]) => {
    const flag = Object.entries(settings).find(([setting]) => setting === name)?.[1].flag;
    if (flag === undefined) throw new Error(`startMockjet knows no option ${name}`);
    return value === undefined ? [] : [`${flag}=${value}`];
  });
}

/** The control API without a socket between: its own handlers answer. */
function inProcess({ server }: App): Send {
  return async ({ method, url, headers, body }) => {
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
