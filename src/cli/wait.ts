import { setTimeout as sleep } from 'node:timers/promises';
import { type Arguments, print, timeOption } from './arguments.ts';
import { runningUrl } from './running.ts';

/**
 * `mockjet wait [--timeout 10s]`: until a running mock is ready.
 * @returns 0 when it is, 1 when the time has run out
 */
export async function wait(
  { options, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { timeout = '10s' } = options;
  const url = runningUrl(options, environment);
  const end = performance.now() + timeOption('timeout', timeout);
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
