import { setTimeout as sleep } from 'node:timers/promises';
import { readCommandLine } from './running.ts';

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/**
 * `mockjet wait [--url URL] [--timeout 10s]`: until a running mock is ready.
 * @returns 0 when it is, 1 when the time has run out
 */
export async function wait(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { url, timeout = '10s' } = readCommandLine(argv, environment);
  const end = performance.now() + milliseconds(timeout);
  for (;;) {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return 0;
    if (performance.now() > end) {
      process.stderr.write(`mockjet wait: ${url} is not ready after ${timeout}\n`);
      return 1;
    }
    await sleep(100);
  }
}

function milliseconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined)
    throw new Error(`"${text}" is no time: --timeout takes one like 500ms, 30s or 2m`);
  return Number(amount) * (unitMs[unit] ?? 1000);
}
