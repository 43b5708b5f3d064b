import { writeCaFile } from './ca-file.ts';
import { clientNames } from './clients.ts';
import { clientSetup } from './env.ts';
import { readCommandLine } from './running.ts';

/** `mockjet env CLIENT [--url URL]`: exports for a shell on stdout, hints on stderr. Exit code 0, or 2 for an unknown client. */
export async function env(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { names, url } = readCommandLine(argv, environment);
  const [client = ''] = names;
  if (names.length !== 1 || !clientNames.some((name) => name === client)) {
    process.stderr.write(`mockjet env: name one of ${clientNames.join(', ')}\n`);
    return 2;
  }
  const caPath = writeCaFile(url, await fetchCa(url));
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
  process.stdout.write(await fetchCa(readCommandLine(argv, environment).url));
  return 0;
}

async function fetchCa(url: string): Promise<string> {
  const answer = await fetch(`${url}/_mockjet/ca.pem`).catch(() => undefined);
  const text = answer?.ok === true ? await answer.text() : '';
  // Whatever else listens there must not become a CA that is trusted.
  if (!text.startsWith('-----BEGIN CERTIFICATE-----'))
    throw new Error(
      `No Mockjet answers at ${url}: start one, or name it with --url or MOCKJET_URL`,
    );
  return text;
}
