import { UsageError } from '../lib/usage-error.ts';
import { accountClient, type MockjetAccount } from '../library/account.ts';
import {
  type ControlClient,
  createControlClient,
  type RouteWords,
  type Send,
} from '../library/control-client.ts';

type Given = Partial<Record<string, string>>;

/** Where the running mock is: `--url`, `MOCKJET_URL`, or the local one by its environment, `MOCKJET_HOST` and `MOCKJET_PORT`. */
export function runningUrl({ url }: Given, environment: NodeJS.ProcessEnv): string {
  const given = (
    url ??
    (environment.MOCKJET_URL ||
      `http://${localHost(environment.MOCKJET_HOST)}:${environment.MOCKJET_PORT || 6245}`)
  ).replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/i.test(given) || !URL.canParse(given))
    throw new UsageError(`"${given}" is no URL of a server: give one like http://127.0.0.1:6245`);
  return given;
}

/** The address by which a server that listens on `host` is reached from its own machine. */
function localHost(host = ''): string {
  if (host === '::') return '[::1]';
  if (host === '' || host === '0.0.0.0') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Whose account is meant: `--user key:secret`, or `MJ_APIKEY_PUBLIC` and `MJ_APIKEY_PRIVATE`; undefined for none. */
function keysOf({ user }: Given, environment: NodeJS.ProcessEnv) {
  if (user !== undefined) {
    const [apiKey = '', secretKey = ''] = user.split(/:(.*)/s);
    if (apiKey === '' || secretKey === '') throw new UsageError('--user: give both, as KEY:SECRET');
    return { apiKey, secretKey };
  }
  const { MJ_APIKEY_PUBLIC: apiKey, MJ_APIKEY_PRIVATE: secretKey } = environment;
  return apiKey && secretKey ? { apiKey, secretKey } : undefined;
}

/** The control API of the running mock: as the account that is meant; without one, or with `isForAll`, as the server. */
export function runningControl(
  given: Given,
  environment: NodeJS.ProcessEnv,
  isForAll = false,
): { control: ControlClient; apiKey: string | undefined } {
  const keys = isForAll ? undefined : keysOf(given, environment);
  return { control: controlAs(keys, given, environment), apiKey: keys?.apiKey };
}

/**
 * The certificate of the running mock's CA, PEM. Where its own HTTPS is not trusted, which needs this very CA,
 * it is asked for in plain HTTP on the same port.
 */
export async function runningCa(given: Given, environment: NodeJS.ProcessEnv): Promise<string> {
  const url = runningUrl(given, environment);
  const fetchCa = (origin: string) =>
    createControlClient(overHttp(origin), {}).bytes('GET', '/ca.pem'); // public: no token goes over plain HTTP
  const bytes = await fetchCa(url).catch((error: Error) => {
    if (!isUntrusted(error.cause)) throw error;
    const { hostname, port } = new URL(url);
    return fetchCa(`http://${hostname}:${port || 443}`);
  });
  const pem = new TextDecoder().decode(bytes);
  // Whatever else listens there must not become a CA that is trusted.
  if (!pem.startsWith('-----BEGIN CERTIFICATE-----'))
    throw new Error(`${url} is no Mockjet: it has no certificate`);
  return pem;
}

/** Whether the running mock has an account with this key, open or put away. */
export async function isKnownAccount(
  apiKey: string,
  given: Given,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const control = controlAs(undefined, given, environment);
  const { accounts } = await control.call<{ accounts: { apiKey: string }[] }>('GET', '/accounts');
  return accounts.some((account) => account.apiKey === apiKey);
}

/** Where the running mock takes mail by SMTP, by its own settings; undefined where it does not, or does not tell. */
export async function runningSmtpPort(
  given: Given,
  environment: NodeJS.ProcessEnv,
): Promise<number | undefined> {
  try {
    const control = controlAs(undefined, given, environment);
    const { smtpPort } = await control.call<{ smtpPort?: number }>('GET', '/config');
    return smtpPort || undefined; // 0 is any free one
  } catch {
    return undefined; // a control API that is locked keeps its settings to itself
  }
}

/** What a user of the command line has for routes of the control API. */
const commands: RouteWords = {
  'GET mails': '"mockjet mails"',
  'GET snapshots': '"mockjet snapshot list"',
  'POST reset': '"mockjet reset"',
};

function controlAs(
  keys: ReturnType<typeof keysOf>,
  given: Given,
  environment: NodeJS.ProcessEnv,
): ControlClient {
  const token = environment.MOCKJET_CONTROL_TOKEN || undefined;
  return createControlClient(overHttp(runningUrl(given, environment)), {
    keys,
    token,
    words: commands,
  });
}

/** The account that is meant. @throws UsageError when none is */
export function runningAccount(given: Given, environment: NodeJS.ProcessEnv): MockjetAccount {
  const keys = keysOf(given, environment);
  if (keys === undefined)
    throw new UsageError(
      'name an account with --user KEY:SECRET, or with MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE',
    );
  const url = runningUrl(given, environment);
  const token = environment.MOCKJET_CONTROL_TOKEN || undefined;
  return accountClient(overHttp(url), keys, url, { token, words: commands });
}

/** Calls over HTTP. */
function overHttp(origin: string): Send {
  return async ({ url, body, ...rest }) => {
    const answer = await reach(origin, url, { ...rest, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
}

/** Fetches from the running mock. @throws Error in plain words when none answers */
export async function reach(origin: string, path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(`${origin}${path}`, init);
  } catch (error) {
    const sentence = isUntrusted(error)
      ? `The certificate of ${origin} is not trusted: keep what "mockjet ca" prints in a file, and name it in NODE_EXTRA_CA_CERTS`
      : `No Mockjet answers at ${origin}: start one, or name it with --url or MOCKJET_URL`;
    throw new Error(sentence, { cause: error });
  }
}

/** Whether fetch failed since it does not know the CA of a certificate. */
function isUntrusted(error: unknown): boolean {
  const { cause } = (error ?? {}) as { cause?: { code?: string } }; // fetch names the reason so
  return /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?)$/.test(
    cause?.code ?? '',
  );
}
