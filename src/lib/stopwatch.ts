/** True until `ms` milliseconds of the machine's time have gone by. */
export function timeBudget(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() < end;
}
