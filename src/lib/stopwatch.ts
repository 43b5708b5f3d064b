/** True until `ms` milliseconds of the machine's time have gone by. */
export function timeBudget(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() < end;
}

/** Resolves when `ms` milliseconds of the machine's time have gone by; it keeps no process alive. */
export function patience(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Milliseconds of the machine's time since the call, to a tenth. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => Math.round((performance.now() - start) * 10) / 10;
}
