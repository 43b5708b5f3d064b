import * as z from 'zod';

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
 * Milliseconds of a duration: a number of them, or `90s`, `1d 12h`, `250ms`, with a minus for the past.
 * @returns undefined for what is none
 */
function parseDuration(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value) : undefined;
  const text = value.trim();
  if (text.length > longestText) return undefined;
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  const match = /^(-?)((?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+)$/.exec(text);
  if (match === null) return undefined;
  const parts = [...(match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)];
  const sum = parts.reduce(
    (total, [, amount, unit = 'ms']) => total + Number(amount) * (units[unit] ?? 0),
    0,
  );
  return Math.round(match[1] === '-' ? -sum : sum);
}

/** Ten thousand years, ms: no calendar goes farther. */
const longest = 10_000 * 366 * 86_400_000;

/** A duration in a body or query, ms. */
export const duration = z.union([z.string(), z.number()]).transform((value, context) => {
  const ms = parseDuration(value);
  if (ms !== undefined && Math.abs(ms) < longest) return ms;
  context.addIssue({
    code: 'custom',
    message: 'give a duration such as 90s, 1d or a number of milliseconds',
  });
  return z.NEVER;
});

/** A duration forward in time. */
export const period = duration.refine((ms) => ms > 0, 'give a duration above zero');
