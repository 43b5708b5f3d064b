import * as z from 'zod';
import { messageStates } from '../mail/message-states.ts';
import { type LaterStep, laterSteps, outcomes } from '../mail/outcome-plan.ts';
import { duration, period } from './duration.ts';

const whole = z.number().int().min(1);
const pattern = z.string().min(1).max(1000);
const words = z.string().max(1000);
/** Steps behind the first; a life has an end. */
const mostSteps = 20;

const step = z
  .strictObject({
    status: z.enum(laterSteps),
    after: duration.refine((ms) => ms >= 0, 'give a duration that is not negative').optional(),
    url: words.optional(),
    agent: words.optional(),
  })
  .transform((given) => given as LaterStep); // optional members, which zod tells as undefined

/** Why a message was not taken, as `messagestate` words it. */
export const stateReason = z
  .string()
  .refine(
    (text) => messageStates.includes(text.toLowerCase()),
    `give one of: ${messageStates.join(', ')}`,
  );

/** What a rule is given as. */
export const outcomeRule = z.strictObject({
  to: pattern.optional(),
  subject: pattern.optional(),
  customId: pattern.optional(),
  outcome: z.enum(outcomes),
  reason: stateReason.optional(),
  comment: words.optional(),
  later: z.array(step).max(mostSteps).optional(),
  nth: whole.optional(),
  count: whole.optional(),
  ttl: period.optional(),
});
