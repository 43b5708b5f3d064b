import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../lib/usage-error.ts';
import { print, readArguments } from './arguments.ts';
import { runningUrl } from './running.ts';

const units = { ms: 1, s: 1000, m: 60_000 };

/**
 * `mockjet wait [--timeout 10s]`: until a running mock is ready.
 * @returns 0 when it is, 1 when the time has run out
 */
export async function wait(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { options, isJson } = readArguments(argv, [], ['timeout']);
  const [, amount, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(options.timeout ?? '10s') ?? [];
  if (amount === undefined) throw new UsageError('give --timeout as 10s, 500ms or 1m');
  const url = runningUrl(options, environment);
  const end = performance.now() + Number(amount) * units[unit as keyof typeof units]; // the pattern allows no other
  for (;;) {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) {
      if (isJson) print(isJson, { url, isReady }, '');
      return 0;
    }
    if (performance.now() > end) throw new Error(`${url} is not ready`);
    await sleep(100);
  }
}
