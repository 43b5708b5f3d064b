import * as z from 'zod';
import { readDuration } from '../lib/duration.ts';

/**
 * Milliseconds of a duration: a number of them, or `90s`, `1d 12h`, `250ms`, with a minus for the past.
 * @returns undefined for what is none
 */
function parseDuration(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value) : undefined;
  return /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : readDuration(value);
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
