import { requireDatabase } from './accounts/usable-database.ts';
import { type App, type Beside, buildApp } from './app.ts';
import type { Config } from './config.ts';
import { readSeedFile } from './seed-file.ts';

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

/**
 * Makes the server listen.
 * @returns its origin, e.g. `http://127.0.0.1:6245`
 * @throws Error that names the remedy where the port is taken or not allowed
 */
export async function listenAt(
  { server }: App,
  where: { host: string; port: number },
): Promise<string> {
  try {
    return await server.listen(where);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException; // node:net names its errors so
    const remedy = remedies[code];
    throw remedy === undefined ? error : new Error(`${message}: ${remedy}`, { cause: error });
  }
}

const remedies: Partial<Record<string, string>> = {
  EACCES:
    'ports this low are kept from ordinary users; choose one from 1024 on with --port, or allow it: "sysctl net.ipv4.ip_unprivileged_port_start=0", for a container "docker run --sysctl net.ipv4.ip_unprivileged_port_start=0"',
  EADDRINUSE: 'stop what listens there, or choose another port with --port',
  EADDRNOTAVAIL: 'this machine has no such address; choose another with --host',
};
