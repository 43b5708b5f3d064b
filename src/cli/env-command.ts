import { type Arguments, print } from './arguments.ts';
import { writeCaFile } from './ca-file.ts';
import { clientSetup } from './env.ts';
import { runningCa, runningSmtpPort, runningUrl } from './running.ts';

/** `mockjet env CLIENT [--ca-file PATH]`: exports for a shell on stdout, hints on stderr. Exit code 0. */
export async function env(
  { options, words, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [client = ''] = words;
  const url = runningUrl(options, environment);
  const [apiKey = environment.MJ_APIKEY_PUBLIC, apiSecret = environment.MJ_APIKEY_PRIVATE] =
    options.user?.split(/:(.*)/s) ?? [];
  // a file of the caller's own may be on another machine than this, and so may the mock
  const { caPath, problem } =
    options['ca-file'] === undefined
      ? written(url, await runningCa(options, environment))
      : { caPath: options['ca-file'], problem: '' };
  const smtpPort = await runningSmtpPort(options, environment);
  const setup = clientSetup(client, { url, caPath, apiKey, apiSecret, smtpPort });
  const { stdout } = setup;
  const hints = `${problem}${setup.hints}`;
  print(isJson, { client, url, caPath: caPath ?? null, shell: stdout, hints }, stdout.trimEnd());
  if (!isJson) process.stderr.write(hints);
  return 0;
}

/** The path of the CA's file, or why there is none, a line: the root of a container may be read-only. */
function written(url: string, pem: string): { caPath?: string; problem: string } {
  try {
    return { caPath: writeCaFile(url, pem), problem: '' };
  } catch (error) {
    const { message } = error as Error; // fs throws Errors
    return {
      problem: `mockjet: The certificate could not be kept in a file (${message}): save what "mockjet ca" prints, and name its file with --ca-file\n`,
    };
  }
}

/** `mockjet ca`: the certificate that clients must trust, PEM on stdout. */
export async function ca(
  { options, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const pem = await runningCa(options, environment);
  print(isJson, { pem }, pem.trimEnd());
  return 0;
}
