import * as z from 'zod';
import { controlSettings } from './control-settings.ts';
import {
  privateKeyPattern,
  privateKeyRule,
  publicKeyPattern,
  publicKeyRule,
} from './lib/key-text.ts';
import { readOptions } from './lib/read-options.ts';
import { UsageError } from './lib/usage-error.ts';
import { forwardComplaint, mailSettings } from './mail-settings.ts';
import { bytes, choice, count, port, type Setting, text, wholeNumber } from './setting.ts';
import { tlsSettings } from './tls-settings.ts';

const keyRule = (rule: string) => `a key: ${rule}`;

/** Every setting, by its name in `Config`. */
export const settings = {
  host: {
    flag: '--host',
    environment: 'MOCKJET_HOST',
    description: 'Address to listen on; 0.0.0.0 in the container',
    schema: text.default('127.0.0.1'),
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
    description: 'Folder to keep accounts in',
    schema: text.optional(),
    byDefault: 'none: in memory',
  },
  apiKey: {
    flag: '--api-key',
    environment: 'MJ_APIKEY_PUBLIC',
    description: 'The only public key that is let in; without it any pair opens its own account',
    schema: z.string().regex(publicKeyPattern, keyRule(publicKeyRule)).optional(),
    byDefault: 'any',
  },
  secretKey: {
    flag: '--secret-key',
    environment: 'MJ_APIKEY_PRIVATE',
    description: 'The private key that belongs to it',
    isSecret: true,
    schema: z.string().regex(privateKeyPattern, keyRule(privateKeyRule)).optional(),
    byDefault: 'any',
  },
  idSeed: {
    flag: '--id-seed',
    environment: 'MOCKJET_ID_SEED',
    description: 'Makes IDs, addresses and GUIDs reproducible: any text',
    schema: text.optional(),
    byDefault: 'random',
  },
  openAccounts: {
    flag: '--open-accounts',
    environment: 'MOCKJET_OPEN_ACCOUNTS',
    description:
      'Accounts kept open at the same time; above it the least recently used are closed to save memory',
    schema: count(1).default(500),
    byDefault: '500',
  },
  accounts: {
    flag: '--accounts',
    environment: 'MOCKJET_ACCOUNTS',
    description: 'Accounts that there may be; above it no key opens a new one',
    schema: count(1).default(10_000),
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
    schema: choice(['timed', 'instant', 'polled', 'held']).default('timed'),
    byDefault: 'timed',
  },
  stateMs: {
    flag: '--state-ms',
    environment: 'MOCKJET_STATE_MS',
    description: 'Milliseconds that a timed job stays in each state at least',
    schema: wholeNumber('a number of milliseconds (0 to 3600000)', 0, 3_600_000).default(5),
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
    schema: count(1).default(1_000_000),
    byDefault: '1000000',
  },
  seed: {
    flag: '--seed',
    environment: 'MOCKJET_SEED',
    description: 'A JSON or CSV file with what every fresh account holds, after a reset too',
    schema: text.optional(),
    byDefault: 'none',
  },
  ...controlSettings,
  ...mailSettings,
  ...tlsSettings,
  logLevel: {
    flag: '--log-level',
    environment: 'MOCKJET_LOG_LEVEL',
    description: 'silent, error, warn, info or debug',
    schema: choice(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
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
  const [forward, webhook] = [config.forward, config.webhook].map((url) =>
    url?.replace(/\/\/[^/?#]*@/, '//***@'),
  );
  return { ...config, forward, webhook, ...Object.fromEntries(shown) };
}

/** A value as it was given, and what gave it: `--port`, `MOCKJET_PORT`, or an option of the library. */
export interface GivenSetting {
  value: string;
  origin: string;
}

/**
 * Typed settings.
 * @throws UsageError that names each wrong value and where it came from
 */
export function readSettings(
  given: Readonly<Partial<Record<keyof typeof settings, GivenSetting>>>,
): Config {
  const values = Object.entries(given).map(([name, { value }]) => [name, value]);
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path: [name], message }) => fault(name as keyof typeof settings, message, given), // the schema's own keys
    );
    throw new UsageError([...new Set(faults)].join('; '));
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

function fault(
  name: keyof typeof settings,
  rule: string,
  given: Readonly<Partial<Record<keyof typeof settings, GivenSetting>>>,
): string {
  const { value = '', origin = name } = given[name] ?? {};
  const setting: Setting = settings[name];
  return `${origin}: ${setting.isSecret ? 'the value' : `"${value}"`} is not ${rule}`;
}

/**
 * Typed settings out of flags and environment; a flag wins.
 * @throws UsageError that names each wrong value and where it came from
 */
export function readConfig(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
): Config {
  const { values, switches, words } = readOptions(argv, settingOptions());
  if (words.length > 0) throw new UsageError(`does not know what to do with ${words.join(' ')}`);
  const given: Partial<Record<keyof typeof settings, GivenSetting>> = {};
  for (const name of settingNames) {
    const setting: Setting = settings[name];
    const option = setting.flag.slice(2);
    const flag = switches.has(option) ? 'true' : values[option];
    const value = flag ?? environment[setting.environment];
    // Docker and CI set variables to nothing where they mean none
    if (value === undefined || (flag === undefined && value === '')) continue;
    given[name] = { value, origin: flag === undefined ? setting.environment : setting.flag };
  }
  return readSettings(given);
}

/** The flags, as they are read. */
export function settingOptions(): Record<string, 'text' | 'switch'> {
  return Object.fromEntries(
    Object.values<Setting>(settings).map(({ flag, isSwitch }) => [
      flag.slice(2),
      isSwitch ? 'switch' : 'text',
    ]),
  );
}

const settingNames = Object.keys(settings) as (keyof typeof settings)[]; // its own keys
