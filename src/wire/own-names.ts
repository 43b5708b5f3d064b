import { hostname } from 'node:os';

/** Mailjet's own hosts, as a certificate and a proxy rule name them. */
export const mailjetNames = [
  'api.mailjet.com',
  '*.mailjet.com',
  'mailjet.com',
  '*.us.mailjet.com',
  '*.mjt.lu',
];

/**
 * The names under which this server itself is reached.
 *
 * @param extra names from the settings (`--tls-name`), DNS names or IP addresses.
 */
export function ownNames(extra: readonly string[]): string[] {
  // A machine may be called what no certificate can carry; a name from the settings is checked there.
  const machine = [hostname()].filter((name) => /^[a-z0-9.-]+$/i.test(name));
  const names = ['localhost', '127.0.0.1', '::1', 'mockjet', ...machine, ...extra];
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Where a proxy request wants to go. */
export type Target = { host: string; port: number | undefined };

/**
 * Reads `host`, `host:port`, `[::1]:port` or `user:password@host`.
 *
 * @returns the host in lower case, without brackets and without a final dot.
 */
export function readTarget(authority: string): Target {
  const address = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const [, bracketed, plain = '', port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?/.exec(address) ?? [];
  return { host: bracketed ?? plain.replace(/\.$/, ''), port: port ? Number(port) : undefined };
}

/**
 * Tells whether a proxy request is for us: any port of Mailjet's hosts, and our own names.
 *
 * Our own names count only with our port or a default one: what a client sends through the proxy to
 * `localhost:3000` is meant for somebody else, and a refusal that names NO_PROXY helps it more than a
 * 404 in Mailjet's words.
 */
export function isAnswered(target: Target, own: ReadonlySet<string>, ownPort: number): boolean {
  if (/^(.+\.)?mailjet\.com$|^.+\.mjt\.lu$/.test(target.host)) return true;
  return own.has(target.host) && [undefined, 80, 443, ownPort].includes(target.port);
}
