import { UsageError } from '../lib/usage-error.ts';
import { print, readArguments } from './arguments.ts';
import { writeCaFile } from './ca-file.ts';
import { clientNames } from './clients.ts';
import { clientSetup } from './env.ts';
import { runningCa, runningUrl } from './running.ts';

/** `mockjet env CLIENT`: exports for a shell on stdout, hints on stderr. Exit code 0, or 2 for an unknown client. */
export async function env(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { options, words, isJson } = readArguments(argv, 'any');
  const [client = ''] = words;
  if (words.length !== 1 || !clientNames.some((name) => name === client))
    throw new UsageError(`name one of ${clientNames.join(', ')}`);
  const url = runningUrl(options, environment);
  const [apiKey = environment.MJ_APIKEY_PUBLIC, apiSecret = environment.MJ_APIKEY_PRIVATE] =
    options.user?.split(/:(.*)/s) ?? [];
  const caPath = writeCaFile(url, await runningCa(options, environment));
  const { stdout, hints } = clientSetup(client, { url, caPath, apiKey, apiSecret });
  print(isJson, { client, url, caPath, shell: stdout, hints }, stdout.trimEnd());
  if (!isJson) process.stderr.write(hints);
  return 0;
}

/** `mockjet ca`: the certificate that clients must trust, PEM on stdout. */
export async function ca(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { options, isJson } = readArguments(argv);
  const pem = await runningCa(options, environment);
  print(isJson, { pem }, pem.trimEnd());
  return 0;
}
