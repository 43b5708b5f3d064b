import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../lib/usage-error.ts';
import { print, readArguments } from './arguments.ts';
import { runningUrl } from './running.ts';

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/**
 * `mockjet wait [--timeout 10s]`: until a running mock is ready.
 * @returns 0 when it is, 1 when the time has run out
 */
export async function wait(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { options, isJson } = readArguments(argv, [], ['timeout']);
  const { timeout = '10s' } = options;
  const url = runningUrl(options, environment);
  const end = performance.now() + milliseconds(timeout);
  for (;;) {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) {
      if (isJson) print(isJson, { url, isReady }, '');
      return 0;
    }
    if (performance.now() > end) throw new Error(`${url} is not ready after ${timeout}`);
    await sleep(100);
  }
}

function milliseconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined)
    throw new UsageError(`"${text}" is no time: --timeout takes one like 500ms, 30s or 2m`);
  return Number(amount) * (unitMs[unit] ?? 1000);
}
