import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { outcomeRule } from '../../control/outcome-rule.ts';
import { readLookupId } from '../../lib/int64.ts';
import { laterSteps } from '../../mail/outcome-plan.ts';
import { addRule, listRules, mostOutcomeRules, removeRules } from '../../mail/outcome-rules.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

/** A rule as it is kept; its durations are milliseconds. */
export const shownOutcome = outcomeRule.extend({
  later: z
    .array(
      z.strictObject({
        status: z.enum(laterSteps),
        after: z.number().optional(),
        url: z.string().optional(),
        agent: z.string().optional(),
      }),
    )
    .optional(),
  ttl: z.number().optional(),
  id: z.number().int(),
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
    answer: z.strictObject({ outcomes: z.array(shownOutcome) }),
    handler: (account) => ({ outcomes: listRules(account) }),
  }),
  accountRoute({
    method: 'POST',
    path: '/outcomes',
    description: 'Adds a rule: which messages it meets, and what becomes of them.',
    example: `-d '{"to":"*@example.com","outcome":"hardbounced","reason":"user unknown"}'`,
    status: 201,
    body: outcomeRule,
    answer: shownOutcome,
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
