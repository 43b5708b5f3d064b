import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { duration, period } from '../../control/duration.ts';
import { readLookupId } from '../../lib/int64.ts';
import { messageStates } from '../../mail/message-states.ts';
import { laterSteps, outcomes } from '../../mail/outcome-plan.ts';
import { addRule, listRules, mostOutcomeRules, removeRules } from '../../mail/outcome-rules.ts';
import type { Step } from '../../mail/plan.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

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
  .transform((given) => given as Step); // optional members, which zod tells as undefined

const given = {
  to: pattern.optional(),
  subject: pattern.optional(),
  customId: pattern.optional(),
  outcome: z.enum(outcomes),
  reason: z
    .string()
    .refine(
      (text) => messageStates.includes(text.toLowerCase()),
      `give one of: ${messageStates.join(', ')}`,
    )
    .optional(),
  comment: words.optional(),
  later: z.array(step).max(mostSteps).optional(),
  nth: whole.optional(),
  count: whole.optional(),
  ttl: period.optional(),
};

/** A rule as it is kept; its durations are milliseconds. */
const shown = z.strictObject({
  ...given,
  later: z
    .array(
      z.strictObject({
        status: z.string(),
        after: z.number().optional(),
        url: z.string().optional(),
        agent: z.string().optional(),
      }),
    )
    .optional(),
  ttl: z.number().optional(),
  id: whole,
  seen: z.number().int(),
  hits: z.number().int(),
  isActive: z.boolean(),
});

export const outcomeRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/outcomes',
    description:
      'Lists the rules that choose what becomes of messages, with how often each was met and applied.',
    example: '',
    answer: z.strictObject({ outcomes: z.array(shown) }),
    handler: (account) => ({ outcomes: listRules(account) }),
  }),
  accountRoute({
    method: 'POST',
    path: '/outcomes',
    description: 'Adds a rule: which messages it meets, and what becomes of them.',
    example: `-d '{"to":"*@example.com","outcome":"hardbounced","reason":"user unknown"}'`,
    status: 201,
    body: z.strictObject(given),
    answer: shown,
    handler(account, { body }) {
      if (listRules(account).length >= mostOutcomeRules)
        throw new ControlError(409, `There are ${mostOutcomeRules} rules already: remove some`);
      return addRule(account, body);
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/outcomes/:id',
    description: 'Removes a rule.',
    example: '',
    handler(account, { params }) {
      const id = readLookupId(params.id);
      if (id === undefined || removeRules(account, id) === 0)
        throw new ControlError(404, `There is no outcome ${params.id}`);
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/outcomes',
    description: 'Removes all rules: what is sent from now on arrives.',
    example: '',
    handler(account) {
      removeRules(account);
    },
  }),
];
