import { setTimeout as sleep } from 'node:timers/promises';
import { runningUrl } from './running.ts';

/**
 * `mockjet wait [--url URL] [--timeout 10s]`: until a running mock is ready.
 * @returns 0 when it is, 1 when the time has run out
 */
export async function wait(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const option = (name: string) => argv[argv.indexOf(name) + 1 || argv.length];
  const url = runningUrl(argv, environment);
  const [, amount = '10', unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(option('--timeout') ?? '10s') ?? [];
  const end =
    performance.now() + Number(amount) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']; // the pattern allows no other
  for (;;) {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return 0;
    if (performance.now() > end) {
      process.stderr.write(`mockjet wait: ${url} is not ready\n`);
      return 1;
    }
    await sleep(100);
  }
}
