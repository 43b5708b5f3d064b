import { type Client, type ClientName, clientNames, clients } from './clients.ts';

/** Where the running server is and who the client says it is. */
export type ServerSetup = {
  /** Origin of the running server, such as `http://127.0.0.1:6245`. */
  url: string;
  /** Path of the CA's PEM file; without one, what would name it is not exported. */
  caPath?: string | undefined;
  apiKey?: string | undefined;
  apiSecret?: string | undefined;
  /** Where it takes mail by SMTP, as far as that is known. */
  smtpPort?: number | undefined;
};

/**
 * Tells how a client is pointed at the running server.
 *
 * @returns `stdout`, which a POSIX shell can `eval` (exports; code of other languages as comments), and
 *   `hints` for stderr.
 * @throws Error, a plain sentence, for a client it does not know or a URL that is none.
 */
export function clientSetup(name: string, setup: ServerSetup): { stdout: string; hints: string } {
  if (!isClientName(name)) {
    throw new Error(
      `mockjet env does not know "${name}": choose one of ${clientNames.join(', ')}.`,
    );
  }
  const client: Client = clients[name];
  const values = valuesOf(setup);
  const exports = client.exports
    .filter(([, value]) => setup.caPath !== undefined || !value.includes('{ca}'))
    .map(([variable, value]) => exportLine(variable, value, values));
  const snippets = client.snippets.flatMap(({ for: purpose, lines }) => [
    `${client.title}, ${purpose}:`,
    ...lines.map((line) => `  ${fill(line, values)}`),
  ]);
  return {
    stdout: lines([...exports, ...snippets.map(comment)]),
    hints: lines(
      [...client.hints, ...smtpHints(name, setup)].map((hint) => `mockjet: ${fill(hint, values)}`),
    ),
  };
}

/**
 * The variables that `mockjet env` exports, for a process that is started with them.
 * @param environment whose own exceptions from the proxy stay
 */
export function clientEnvironment(
  name: string,
  setup: ServerSetup,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const values = valuesOf(setup);
  const client: Client | undefined = isClientName(name) ? clients[name] : undefined;
  const pairs = (client?.exports ?? []).map(([variable, value]) => {
    const filled = fill(value, values);
    const before = variable.toLowerCase() === 'no_proxy' ? environment[variable] : undefined;
    return [variable, before ? `${before},${filled}` : filled] as const;
  });
  return Object.fromEntries(pairs);
}

/** The exports of `smtp` say the port already. */
function smtpHints(name: ClientName, { smtpPort }: ServerSetup): string[] {
  if (smtpPort === undefined || name === 'smtp') return [];
  return [
    'Mail by SMTP is taken at {hostname}:{smtpport}; "mockjet env smtp" says how to send it.',
  ];
}

/** Puts the values of a server into a text of `clients.ts`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function isClientName(name: string): name is ClientName {
  return Object.hasOwn(clients, name);
}

/** The values that the texts of `clients.ts` have places for. */
export function valuesOf({
  url,
  caPath,
  apiKey = 'key',
  apiSecret = 'secret',
  smtpPort = 1025,
}: ServerSetup) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new Error(`"${url}" is no URL of a server: give one like http://127.0.0.1:6245.`);
  }
  const direct = new Set(['localhost', '127.0.0.1', '::1', parsed.hostname.replace(/[[\]]/g, '')]);
  return {
    url: parsed.origin,
    host: parsed.host,
    hostname: parsed.hostname,
    port: parsed.port || (parsed.protocol === 'https:' ? '443' : '80'),
    noproxy: [...direct].join(','),
    ca: caPath ?? 'mockjet-ca.pem',
    key: apiKey,
    secret: apiSecret,
    smtpport: String(smtpPort),
  };
}

function exportLine(variable: string, value: string, values: Record<string, string>): string {
  const text = quoted(fill(value, values));
  // The user's own exceptions stay: a host that was not to be proxied must not be refused now.
  if (variable.toLowerCase() !== 'no_proxy') return `export ${variable}=${text}`;
  return `export ${variable}="\${${variable}:+$${variable},}"${text}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// A line break in a value (a path may hold one) would end the comment and become a command.
function comment(text: string): string {
  return `# ${text.replace(/[\r\n\0]+/g, ' ')}`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
