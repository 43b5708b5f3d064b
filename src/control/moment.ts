import * as z from 'zod';
import { isoTime, readInstant } from '../lib/clock.ts';
import { ControlError } from './control-error.ts';

const first = readInstant('1970-01-01') ?? 0;
// far from the year 10000, which no date of Mailjet's can show, even for a clock that runs on
const last = readInstant('9000-01-01') ?? 0;

/** A moment in a body, ms. */
export const moment = z.union([z.string(), z.number()]).transform((value, context) => {
  const ms = readInstant(value);
  if (ms !== undefined && ms >= first && ms <= last) return ms;
  context.addIssue({
    code: 'custom',
    message:
      'give a time from 1970 to 9000 such as 2026-03-01T09:00:00Z, or milliseconds since 1970',
  });
  return z.NEVER;
});

/** Where a clock comes when it is moved. @throws ControlError 400 for a time that no calendar has */
export function moved(now: number, by: number): number {
  const ms = now + by;
  if (ms < first || ms > last)
    throw new ControlError(400, `by: ${isoTime(now)} cannot be moved so far`);
  return ms;
}
