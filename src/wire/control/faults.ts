import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { duration, period } from '../../control/duration.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { mailjetFaults } from '../fault-answers.ts';
import { allOperations } from '../operations.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

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
const rule = z
  .strictObject({
    method: z.string().optional(),
    path: z.string().startsWith('/').max(longestPath).optional(),
    operation: z
      .string()
      .refine(
        (name) => allOperations().some(({ operation }) => operation === name.toLowerCase()),
        'there is no such operation; GET coverage lists them',
      )
      .optional(),
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
  );

/** The faults of the account, or without one of the whole server. */
const faultsOf = ({ server, account }: ControlCall) =>
  account === undefined ? server.faults : server.control(account).faults;

export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/faults',
    scope: 'both',
    description: 'Lists the fault rules with how often each was met and applied.',
    example: '',
    handler: (call) => ({ faults: faultsOf(call).list() }),
  },
  {
    method: 'POST',
    path: '/faults',
    scope: 'both',
    description: 'Adds a rule: which calls it meets, and what happens to them.',
    example: `-d '{"operation":"contact create","nth":2,"error":"tooManyRequests"}'`,
    status: 201,
    handler: (call) => faultsOf(call).add(readBodyAs(rule, call.body)),
  },
  {
    method: 'DELETE',
    path: '/faults/:id',
    scope: 'both',
    description: 'Removes a rule.',
    example: '',
    handler(call) {
      if (!faultsOf(call).remove(Number(call.params.id)))
        throw new ControlError(404, `There is no fault ${call.params.id}`);
    },
  },
  {
    method: 'DELETE',
    path: '/faults',
    scope: 'both',
    description: 'Removes all rules.',
    example: '',
    handler: (call) => faultsOf(call).clear(),
  },
  {
    method: 'GET',
    path: '/rate-limit',
    scope: 'account',
    description: 'Tells the rate limit of the account, and how many calls are left now.',
    example: '',
    handler: (call) => ({
      rateLimit: call.server.control(needAccount(call)).rateLimit.read() ?? null,
    }),
  },
  {
    method: 'PUT',
    path: '/rate-limit',
    scope: 'account',
    description:
      'Limits the calls of the account: a bucket of `capacity` that fills by `perSecond` on its clock; 429 when empty.',
    example: `-d '{"capacity":10,"perSecond":5}'`,
    handler(call) {
      const { rateLimit } = call.server.control(needAccount(call));
      rateLimit.set(
        readBodyAs(z.strictObject({ capacity: whole, perSecond: z.number().min(0) }), call.body),
      );
      return { rateLimit: rateLimit.read() };
    },
  },
  {
    method: 'DELETE',
    path: '/rate-limit',
    scope: 'account',
    description: 'Lifts the rate limit.',
    example: '',
    handler: (call) => call.server.control(needAccount(call)).rateLimit.set(undefined),
  },
];
