import { parseArgs } from 'node:util';
import * as z from 'zod';
import {
  privateKeyPattern,
  privateKeyRule,
  publicKeyPattern,
  publicKeyRule,
} from './lib/key-text.ts';
import { UsageError } from './lib/usage-error.ts';
import { forwardComplaint, mailSettings } from './mail-settings.ts';
import { bytes, type Setting } from './setting.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting, by its name in `Config`. */
export const settings = {
  host: {
    flag: '--host',
    environment: 'MOCKJET_HOST',
    description: 'Address to listen on; 0.0.0.0 in the container',
    schema: z.string().min(1).default('127.0.0.1'),
    byDefault: '127.0.0.1',
  },
  port: {
    flag: '--port',
    environment: 'MOCKJET_PORT',
    description: 'Port to listen on; 0 for any free one',
    schema: port.default(6245),
    byDefault: '6245',
  },
  data: {
    flag: '--data',
    environment: 'MOCKJET_DATA',
    description: 'Folder to keep accounts in; without it they are in memory',
    schema: z.string().min(1).optional(),
    byDefault: 'in memory',
  },
  apiKey: {
    flag: '--api-key',
    environment: 'MJ_APIKEY_PUBLIC',
    description: 'The only public key that is let in; without it any pair opens its own account',
    schema: z.string().regex(publicKeyPattern, publicKeyRule).optional(),
    byDefault: 'any',
  },
  secretKey: {
    flag: '--secret-key',
    environment: 'MJ_APIKEY_PRIVATE',
    description: 'The private key to it',
    schema: z.string().regex(privateKeyPattern, privateKeyRule).optional(),
    byDefault: 'any',
  },
  idSeed: {
    flag: '--id-seed',
    environment: 'MOCKJET_ID_SEED',
    description: 'Makes IDs, addresses and GUIDs reproducible: any text',
    schema: z.string().min(1).optional(),
    byDefault: 'random',
  },
  openAccounts: {
    flag: '--open-accounts',
    environment: 'MOCKJET_OPEN_ACCOUNTS',
    description: 'Accounts that are kept open; longest unused ones above it are put away',
    schema: z.coerce.number().int().min(1).default(500),
    byDefault: '500',
  },
  accounts: {
    flag: '--accounts',
    environment: 'MOCKJET_ACCOUNTS',
    description: 'Accounts that there may be; above it no key opens a new one',
    schema: z.coerce.number().int().min(1).default(10_000),
    byDefault: '10000',
  },
  snapshotBytes: {
    flag: '--snapshot-bytes',
    environment: 'MOCKJET_SNAPSHOT_BYTES',
    description: 'Bytes of all snapshots that are kept in memory; on disk there is no limit',
    schema: bytes.default(512 * 1024 * 1024),
    byDefault: '536870912',
  },
  pace: {
    flag: '--pace',
    environment: 'MOCKJET_PACE',
    description: 'How jobs move: timed, instant, polled or held',
    schema: z.enum(['timed', 'instant', 'polled', 'held']).default('timed'),
    byDefault: 'timed',
  },
  stateMs: {
    flag: '--state-ms',
    environment: 'MOCKJET_STATE_MS',
    description: 'Milliseconds that a timed job stays in each state at least',
    schema: z.coerce.number().int().min(0).max(3_600_000).default(5),
    byDefault: '5',
  },
  bodyLimit: {
    flag: '--body-limit',
    environment: 'MOCKJET_BODY_LIMIT',
    description: 'Bytes of the largest body of any kind, an upload; more answers 413',
    schema: bytes.default(64 * 1024 * 1024),
    byDefault: '67108864',
  },
  jsonLimit: {
    flag: '--json-limit',
    environment: 'MOCKJET_JSON_LIMIT',
    description: 'Bytes of the largest body of JSON, or of a form',
    schema: bytes.default(16 * 1024 * 1024),
    byDefault: '16777216',
  },
  jsonValues: {
    flag: '--json-values',
    environment: 'MOCKJET_JSON_VALUES',
    description: 'Values that a body of JSON may hold, or fields that a form may have',
    schema: z.coerce.number().int().min(1).default(1_000_000),
    byDefault: '1000000',
  },
  seed: {
    flag: '--seed',
    environment: 'MOCKJET_SEED',
    description: 'A JSON or CSV file with what every fresh account holds, after a reset too',
    schema: z.string().min(1).optional(),
    byDefault: 'none',
  },
  journal: {
    flag: '--journal',
    environment: 'MOCKJET_JOURNAL',
    description: 'Calls that each account keeps a record of; the oldest are dropped above it',
    schema: z.coerce.number().int().min(0).max(1_000_000).default(1000),
    byDefault: '1000',
  },
  ...mailSettings,
  controlToken: {
    flag: '--control-token',
    environment: 'MOCKJET_CONTROL_TOKEN',
    description: 'Locks the control API: calls must carry it in the header X-Mockjet-Token',
    schema: z.string().min(1).optional(),
    byDefault: 'open',
  },
  tlsName: {
    flag: '--tls-name',
    environment: 'MOCKJET_TLS_NAME',
    description:
      'More names of this server, for its certificate and the control API, separated by commas',
    schema: z
      .string()
      .optional()
      .transform((text) =>
        (text ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      ),
    byDefault: 'none',
  },
  tlsCert: {
    flag: '--tls-cert',
    environment: 'MOCKJET_TLS_CERT',
    description: 'A certificate of your own, a PEM file',
    schema: z.string().min(1).optional(),
    byDefault: 'made on first use',
  },
  tlsKey: {
    flag: '--tls-key',
    environment: 'MOCKJET_TLS_KEY',
    description: 'The key to it, a PEM file',
    schema: z.string().min(1).optional(),
    byDefault: 'made on first use',
  },
  logLevel: {
    flag: '--log-level',
    environment: 'MOCKJET_LOG_LEVEL',
    description: 'silent, error, warn, info or debug',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    byDefault: 'info',
  },
} satisfies Record<string, Setting>;

type Schemas = { [Name in keyof typeof settings]: (typeof settings)[Name]['schema'] };
const schema = z.object(
  Object.fromEntries(
    Object.entries(settings).map(([name, { schema }]) => [name, schema]),
  ) as Schemas, // fromEntries loses which name has which
);

export type Config = z.infer<typeof schema>;

/** The only pair that is let in, where one is set. */
export function keysOf({
  apiKey,
  secretKey,
}: Config): { apiKey: string; secretKey: string } | undefined {
  return apiKey === undefined || secretKey === undefined ? undefined : { apiKey, secretKey };
}

/** Settings that may be shown: secrets are replaced, paths stay. */
export function redacted(config: Config): Record<string, unknown> {
  const hidden = { secretKey: config.secretKey, controlToken: config.controlToken };
  const shown = Object.entries(hidden).map(([name, value]) => [
    name,
    value === undefined ? undefined : '***',
  ]);
  const forward = config.forward?.replace(/\/\/.*@/, '//***@');
  return { ...config, forward, ...Object.fromEntries(shown) };
}

/**
 * Typed settings out of flags and environment; a flag wins.
 * @throws UsageError that names each wrong value and where it came from
 */
export function readConfig(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
): Config {
  const given: Record<string, string> = {};
  const origin: Record<string, string> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const value = environment[setting.environment];
    if (value === undefined || value === '') continue;
    given[name] = value;
    origin[name] = setting.environment;
  }
  const options = Object.values<Setting>(settings).map(
    ({ flag, isSwitch }) => [flag.slice(2), { type: isSwitch ? 'boolean' : 'string' }] as const,
  );
  const { values } = parseArgs({ args: [...argv], options: Object.fromEntries(options) });
  for (const [name, setting] of Object.entries(settings)) {
    const value = values[setting.flag.slice(2)];
    if (typeof value !== 'string' && value !== true) continue;
    given[name] = String(value);
    origin[name] = setting.flag;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${origin[String(issue.path[0])]}: ${issue.message}`,
    );
    throw new UsageError(`Wrong settings: ${faults.join('; ')}`);
  }
  if ((parsed.data.apiKey === undefined) !== (parsed.data.secretKey === undefined)) {
    throw new UsageError(
      `Set both ${settings.apiKey.environment} and ${settings.secretKey.environment}, or neither`,
    );
  }
  const complaint = forwardComplaint(parsed.data);
  if (complaint !== undefined) throw new UsageError(complaint);
  return parsed.data;
}
