import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { findJob, isEnd, type Job, newestJobs } from '../../jobs/job.ts';
import { readLookupId } from '../../lib/int64.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

const pace = z.strictObject({
  pace: z.enum(['timed', 'instant', 'polled', 'held']),
  stateMs: z.number().int().min(0).max(3_600_000).optional(),
});
const end = { end: z.enum(['Error', 'Abort']), error: z.string().max(1000).optional() };
const ending = z.strictObject(end);
const endingNext = z.strictObject({
  ...end,
  before: z.enum(['Upload', 'Prepare', 'Importing', 'Completed']).optional(),
});

/** More states than any job has. */
const mostStates = 10;

/** The job of the path. @throws ControlError 404 */
function jobOf(call: ControlCall): { account: Account; job: Job } {
  const account = needAccount(call);
  const id = readLookupId(call.params.id ?? '');
  const job = id === undefined ? undefined : findJob(account, id);
  if (job === undefined)
    throw new ControlError(404, `The account has no job ${call.params.id}; GET jobs lists them`);
  return { account, job };
}

/** The job of the path, not at its end. @throws ControlError 404, 409 */
function openJobOf(call: ControlCall) {
  const found = jobOf(call);
  if (isEnd(found.job.status))
    throw new ControlError(409, `The job ${found.job.id} has ended in ${found.job.status}`);
  return found;
}

function shown(call: ControlCall, account: Account, job: Job) {
  const { id, kind, status, method, refId, dataId, count, current, errcount, error } = job;
  const isHeld = call.server.scheduler.isHeld(account, id);
  const counts = { count, current, errcount };
  return {
    id,
    kind,
    status,
    method,
    refId,
    dataId,
    ...counts,
    error,
    isHeld,
    timeline: job.timeline,
  };
}

const now = (call: ControlCall) => {
  const { account, job } = jobOf(call);
  return shown(call, account, job);
};

export const jobRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/jobs',
    scope: 'account',
    description:
      'Lists the newest jobs of the account, oldest first, each with the states it went through.',
    example: '-G -d limit=20',
    handler(call) {
      const account = needAccount(call);
      const limits = z.strictObject({
        limit: z.coerce.number().int().min(1).max(10_000).default(1000),
      });
      const { limit } = readBodyAs(limits, call.query);
      return { jobs: newestJobs(account, limit).map((job) => shown(call, account, job)) };
    },
  },
  {
    method: 'GET',
    path: '/jobs/pace',
    scope: 'account',
    description: 'Tells how the jobs of the account move.',
    example: '',
    handler: (call) => call.server.scheduler.pace(needAccount(call)),
  },
  {
    method: 'PUT',
    path: '/jobs/pace',
    scope: 'account',
    description:
      'Sets how jobs move: `timed`, `stateMs` milliseconds for each state on the account’s clock; `instant`, to the end before their POST is answered; `polled`, one state on after each GET; `held`, only by `step`.',
    example: `-d '{"pace":"polled"}'`,
    handler(call) {
      const account = needAccount(call);
      const { scheduler } = call.server;
      const wanted = readBodyAs(pace, call.body);
      const stateMs = wanted.stateMs ?? scheduler.pace(account).stateMs;
      scheduler.setPace(account, { pace: wanted.pace, stateMs });
      return scheduler.pace(account);
    },
  },
  {
    method: 'POST',
    path: '/jobs/next/end',
    scope: 'account',
    description:
      'Makes the next job that is made end in `Error`, with a text, or in `Abort`, when it would enter the state `before`: `Importing` without.',
    example: `-d '{"end":"Error","error":"Import failed"}'`,
    handler: (call) =>
      call.server.scheduler.plan(needAccount(call), readBodyAs(endingNext, call.body)),
  },
  {
    method: 'GET',
    path: '/jobs/:id',
    scope: 'account',
    description: 'Shows a job with the states it went through. It moves no job.',
    example: '',
    handler: now,
  },
  {
    method: 'POST',
    path: '/jobs/:id/step',
    scope: 'account',
    description: 'Moves a job one state on, or `states`, work included, whatever its pace.',
    example: `-d '{"states":1}'`,
    async handler(call) {
      const { account, job } = openJobOf(call);
      const steps = z.strictObject({ states: z.number().int().min(1).max(mostStates).default(1) });
      const { states } = readBodyAs(steps, call.body);
      for (let step = 0; step < states; step += 1)
        await call.server.scheduler.step(account, job.id);
      return now(call);
    },
  },
  {
    method: 'POST',
    path: '/jobs/:id/hold',
    scope: 'account',
    description: 'Keeps a job in its state, whatever its pace, until it is released or stepped.',
    example: '',
    handler(call) {
      const { account, job } = openJobOf(call);
      call.server.scheduler.hold(account, job.id);
      return now(call);
    },
  },
  {
    method: 'POST',
    path: '/jobs/:id/release',
    scope: 'account',
    description: 'Lets a held job go on at its pace.',
    example: '',
    handler(call) {
      const { account, job } = openJobOf(call);
      call.server.scheduler.release(account, job.id);
      return now(call);
    },
  },
  {
    method: 'POST',
    path: '/jobs/:id/end',
    scope: 'account',
    description: 'Ends a job at once in `Error`, with a text, or in `Abort`.',
    example: `-d '{"end":"Abort"}'`,
    handler(call) {
      const { account, job } = openJobOf(call);
      call.server.scheduler.end(account, job.id, readBodyAs(ending, call.body));
      return now(call);
    },
  },
];
