import { requireDatabase } from './accounts/usable-database.ts';
import { type App, type Beside, buildApp } from './app.ts';
import type { Config } from './config.ts';
import { readSeedFile } from './seed-file.ts';
import type { SmtpAddresses, SmtpPorts } from './wire/smtp/smtp.ts';

/**
 * The application by its settings: what `mockjet` and `startMockjet` share.
 * @param beside a logger, and a seed that is no file
 * @throws Error when the database, the data directory or the seed cannot be used
 */
export async function buildConfigured(
  config: Config,
  beside: Pick<Beside, 'logger' | 'seed'> = {},
): Promise<App> {
  requireDatabase();
  const seed = config.seed === undefined ? undefined : readSeedFile(config.seed);
  return buildApp(config, { seed, ...beside });
}

/** Where a server listens. */
export type Listening = { url: string } & SmtpAddresses;

/**
 * Makes the server listen, for SMTP too where that has a port.
 * @returns its origin, e.g. `http://127.0.0.1:6245`, and where SMTP is
 * @throws Error that names the remedy where a port is taken or not allowed
 */
export async function listenAt(
  { server, smtp }: App,
  { host, port, ...smtpPorts }: SmtpPorts & { port: number },
): Promise<Listening> {
  const addresses = await orRemedy(smtp.listen({ host, ...smtpPorts }), '--smtp-port');
  try {
    return { url: await orRemedy(server.listen({ host, port }), '--port'), ...addresses };
  } catch (error) {
    await smtp.close();
    throw error;
  }
}

async function orRemedy<T>(listening: Promise<T>, flag: string): Promise<T> {
  try {
    return await listening;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException; // node:net names its errors so
    const remedy = remedies[code]?.(flag);
    throw remedy === undefined ? error : new Error(`${message}: ${remedy}`, { cause: error });
  }
}

const remedies: Partial<Record<string, (flag: string) => string>> = {
  EACCES: (flag) =>
    `ports this low are kept from ordinary users; choose one from 1024 on with ${flag}, or allow it: "sysctl net.ipv4.ip_unprivileged_port_start=0", for a container "docker run --sysctl net.ipv4.ip_unprivileged_port_start=0"`,
  EADDRINUSE: (flag) => `stop what listens there, or choose another port with ${flag}`,
  EADDRNOTAVAIL: () => 'this machine has no such address; choose another with --host',
};
