import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { duration, period } from '../../control/duration.ts';
import { mailjetFaults } from '../fault-answers.ts';
import { operationName } from './operation.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { accountRoute, typedRoute } from './typed-route.ts';

const whole = z.number().int().min(1);
/** Mockjet writes these itself, by the body; others would break the answer in ways that `cut` and `malformed` do better. */
const framing = ['content-length', 'transfer-encoding', 'trailer'];
const headers = z
  .record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\x20-\x7e]*$/))
  .refine(
    (given) => !Object.keys(given).some((name) => framing.includes(name.toLowerCase())),
    `${framing.join(', ')} cannot be set`,
  );
/** Characters; far longer ones take their time to be looked for. */
const longestPath = 250;
/** ms */
const longestDelay = 600_000;
export const faultRule = z
  .strictObject({
    method: z.string().optional(),
    path: z.string().startsWith('/').max(longestPath).optional(),
    operation: operationName.optional(),
    nth: whole.optional(),
    error: z.enum(Object.keys(mailjetFaults) as [string, ...string[]]).optional(), // there is at least one
    status: z.number().int().min(200).max(599).optional(),
    headers: headers.optional(),
    body: z.string().optional(),
    delay: duration
      .refine((ms) => ms >= 0 && ms <= longestDelay, 'give 0 to 10 minutes')
      .optional(),
    cut: z.enum(['before', 'during', 'after']).optional(),
    malformed: z.enum(['truncated', 'not-json']).optional(),
    count: whole.optional(),
    ttl: period.optional(),
  })
  .refine(
    ({ error, status, delay, cut, malformed }) =>
      [error, status, delay, cut, malformed].some((part) => part !== undefined),
    'say what shall happen: error, status, delay, cut or malformed',
  )
  .refine(
    ({ status, body = '' }) => body === '' || (status !== 204 && status !== 304),
    'an answer with the status 204 or 304 has no body',
  );

/** A rule as it is kept; its durations are milliseconds. */
export const shownFault = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  operation: z.string().optional(),
  nth: whole.optional(),
  error: z.string().optional(),
  status: z.number().int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  delay: z.number().optional(),
  cut: z.enum(['before', 'during', 'after']).optional(),
  malformed: z.enum(['truncated', 'not-json']).optional(),
  count: whole.optional(),
  ttl: z.number().optional(),
  id: whole,
  seen: z.number().int(),
  hits: z.number().int(),
  isActive: z.boolean(),
});
export const rateLimit = z.strictObject({ capacity: whole, perSecond: z.number().min(0) });
const shownLimit = z.strictObject({
  rateLimit: rateLimit.extend({ left: z.number() }).nullable(),
});

/** The faults of the account, or without one of the whole server. */
const faultsOf = ({ server, account }: Pick<ControlCall, 'server' | 'account'>) =>
  account === undefined ? server.faults : server.control(account).faults;

export const faultRoutes: readonly ControlRoute[] = [
  typedRoute({
    method: 'GET',
    path: '/faults',
    scope: 'both',
    description: 'Lists the fault rules with how often each was met and applied.',
    example: '',
    answer: z.strictObject({ faults: z.array(shownFault) }),
    handler: (call) => ({ faults: faultsOf(call).list() }),
  }),
  typedRoute({
    method: 'POST',
    path: '/faults',
    scope: 'both',
    description: 'Adds a rule: which calls it meets, and what happens to them.',
    example: `-d '{"operation":"contact create","nth":2,"error":"tooManyRequests"}'`,
    status: 201,
    body: faultRule,
    answer: shownFault,
    handler: (call) => faultsOf(call).add(call.body),
  }),
  typedRoute({
    method: 'DELETE',
    path: '/faults/:id',
    scope: 'both',
    description: 'Removes a rule.',
    example: '',
    handler(call) {
      if (!faultsOf(call).remove(Number(call.params.id)))
        throw new ControlError(404, `There is no fault ${call.params.id}`);
    },
  }),
  typedRoute({
    method: 'DELETE',
    path: '/faults',
    scope: 'both',
    description: 'Removes all rules.',
    example: '',
    handler: (call) => faultsOf(call).clear(),
  }),
  accountRoute({
    method: 'GET',
    path: '/rate-limit',
    description: 'Tells the rate limit of the account, and how many calls are left now.',
    example: '',
    answer: shownLimit,
    handler: (account, { server }) => ({
      rateLimit: server.control(account).rateLimit.read() ?? null,
    }),
  }),
  accountRoute({
    method: 'PUT',
    path: '/rate-limit',
    description:
      'Limits the calls of the account: a bucket of `capacity` that fills by `perSecond` on its clock; 429 when empty.',
    example: `-d '{"capacity":10,"perSecond":5}'`,
    body: rateLimit,
    answer: shownLimit,
    handler(account, { server, body }) {
      const { rateLimit: limit } = server.control(account);
      limit.set(body);
      return { rateLimit: limit.read() ?? null };
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/rate-limit',
    description: 'Lifts the rate limit.',
    example: '',
    handler: (account, { server }) => server.control(account).rateLimit.set(undefined),
  }),
];
