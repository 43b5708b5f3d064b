import { parseArgs } from 'node:util';

/** What stands behind a command's name. */
export type CommandLine = {
  /** What is no option, such as the client of `mockjet env`. */
  names: string[];
  /** Where the running mock is: `--url`, `MOCKJET_URL`, or the local one on its port; no slash at its end. */
  url: string;
  /** `--timeout` as it was written. */
  timeout: string | undefined;
};

/**
 * Reads the options of a command that talks to a running mock.
 * @throws Error, a plain sentence, for an option it does not know or a URL that is none
 */
export function readCommandLine(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { url: { type: 'string' }, timeout: { type: 'string' } },
    allowPositionals: true,
  });
  const local = `http://127.0.0.1:${environment.MOCKJET_PORT || 6245}`;
  const url = (values.url ?? (environment.MOCKJET_URL || local)).replace(/\/+$/, '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error(`"${url}" is no URL of a server: give one like http://127.0.0.1:6245`);
  return { names: positionals, url, timeout: values.timeout };
}
