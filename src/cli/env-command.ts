import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientNames } from './clients.ts';
import { clientSetup } from './env.ts';
import { runningUrl } from './running.ts';

/** `mockjet env CLIENT [--url URL]`: exports for a shell on stdout, hints on stderr. Exit code 0, or 2 for an unknown client. */
export async function env(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [client = ''] = argv;
  if (!clientNames.some((name) => name === client)) {
    process.stderr.write(`mockjet env: name one of ${clientNames.join(', ')}\n`);
    return 2;
  }
  const url = runningUrl(argv, environment);
  const caPath = join(tmpdir(), `mockjet-ca-${new URL(url).port || '443'}.pem`);
  writeFileSync(caPath, await fetchCa(url));
  const { stdout, hints } = clientSetup(client, {
    url,
    caPath,
    apiKey: environment.MJ_APIKEY_PUBLIC,
    apiSecret: environment.MJ_APIKEY_PRIVATE,
  });
  process.stdout.write(stdout);
  process.stderr.write(hints);
  return 0;
}

/** `mockjet ca [--url URL]`: the certificate that clients must trust, PEM on stdout. */
export async function ca(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  process.stdout.write(await fetchCa(runningUrl(argv, environment)));
  return 0;
}

async function fetchCa(url: string): Promise<string> {
  const answer = await fetch(`${url}/_mockjet/ca.pem`).catch(() => undefined);
  if (answer?.ok !== true)
    throw new Error(`No Mockjet answers at ${url}: start one, or name it with --url`);
  return answer.text();
}
