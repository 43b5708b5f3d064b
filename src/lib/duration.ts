const units: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Characters; every unit twice has fewer. */
const longestText = 200;

/**
 * Milliseconds of a duration: `90s`, `1d 12h`, `250ms`, with a minus for the past.
 * @returns undefined for what is none, a number without a unit too
 */
export function readDuration(given: string): number | undefined {
  const text = given.trim();
  if (text.length > longestText) return undefined;
  const match = /^(-?)((?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+)$/.exec(text);
  if (match === null) return undefined;
  const parts = [...(match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)];
  const sum = parts.reduce(
    (total, [, amount, unit = 'ms']) => total + Number(amount) * (units[unit] ?? 0),
    0,
  );
  return Math.round(match[1] === '-' ? -sum : sum);
}
