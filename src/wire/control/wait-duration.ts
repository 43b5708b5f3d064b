import { duration } from '../../control/duration.ts';

/** ms; every wait ends. */
const longest = 60_000;

/** How long a call waits for something, ms. */
export const waitDuration = duration
  .refine((ms) => ms >= 0, 'give a duration that is not negative')
  .transform((ms) => Math.min(ms, longest));
