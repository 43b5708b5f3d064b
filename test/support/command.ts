import { builtMain, type Ended, run } from './built.ts';

const program = builtMain();

/** Runs `mockjet` as it is built, with nothing of Mockjet or Mailjet in its environment but what is given. */
export function mockjet(
  argv: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  return run(process.execPath, [program, ...argv], environment);
}

/** As `mockjet`, on a terminal of its own: stdout and stderr come together. */
export function mockjetOnTerminal(argv: readonly string[]): Promise<Ended> {
  const line = [process.execPath, program, ...argv].map((part) => `'${part}'`).join(' ');
  return run('script', ['-qec', line, '/dev/null']);
}
