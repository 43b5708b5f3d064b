import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { findJob, isEnd, type Job, newestJobs } from '../../jobs/job.ts';
import { readLookupId } from '../../lib/int64.ts';
import { integer } from './integer.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

const pace = z.enum(['timed', 'instant', 'polled', 'held']);
const stateMs = z.number().int().min(0).max(3_600_000);
export const paceWish = z.strictObject({ pace, stateMs: stateMs.optional() });
export const paceSetting = z.strictObject({ pace, stateMs });
const end = { end: z.enum(['Error', 'Abort']), error: z.string().max(1000).optional() };
export const ending = z.strictObject(end);
export const endingNext = z.strictObject({
  ...end,
  before: z.enum(['Upload', 'Prepare', 'Importing', 'Completed']).optional(),
});

/** More states than any job has. */
const mostStates = 10;

const count = z.number().int();
const state = z.enum([
  'Allocated',
  'Upload',
  'Prepare',
  'Importing',
  'Completed',
  'Error',
  'Abort',
]);
export const shownJob = z.strictObject({
  id: integer,
  kind: z.string(),
  status: state,
  method: z.string(),
  refId: integer,
  dataId: integer,
  count,
  current: count,
  errcount: count,
  error: z.string(),
  isHeld: z.boolean(),
  timeline: z.array(z.strictObject({ state, at: z.string() })),
});

type Call = Pick<ControlCall, 'params' | 'server'>;

/** The job of the path. @throws ControlError 404 */
function jobOf(account: Account, { params }: Call): Job {
  const id = readLookupId(params.id ?? '');
  const job = id === undefined ? undefined : findJob(account, id);
  if (job === undefined)
    throw new ControlError(404, `The account has no job ${params.id}; GET jobs lists them`);
  return job;
}

/** The job of the path, not at its end. @throws ControlError 404, 409 */
function openJobOf(account: Account, call: Call): Job {
  const job = jobOf(account, call);
  if (isEnd(job.status))
    throw new ControlError(409, `The job ${job.id} has ended in ${job.status}`);
  return job;
}

function shown(call: Call, account: Account, job: Job) {
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

const now = (account: Account, call: Call) => shown(call, account, jobOf(account, call));

export const jobRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/jobs',
    description:
      'Lists the newest jobs of the account, oldest first, each with the states it went through.',
    example: '-G -d limit=20',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(10_000).default(1000) }),
    answer: z.strictObject({ jobs: z.array(shownJob) }),
    handler: (account, call) => ({
      jobs: newestJobs(account, call.query.limit).map((job) => shown(call, account, job)),
    }),
  }),
  accountRoute({
    method: 'GET',
    path: '/jobs/pace',
    description: 'Tells how the jobs of the account move.',
    example: '',
    answer: paceSetting,
    handler: (account, { server }) => server.scheduler.pace(account),
  }),
  accountRoute({
    method: 'PUT',
    path: '/jobs/pace',
    description:
      'Sets how jobs and messages move: `timed`, `stateMs` milliseconds for each state on the account’s clock; `instant`, to the end before their POST is answered; `polled`, one state on after each GET; `held`, only by `step`.',
    example: `-d '{"pace":"polled"}'`,
    body: paceWish,
    answer: paceSetting,
    handler(account, { server: { scheduler, mailroom }, body: wanted }) {
      const stateMs = wanted.stateMs ?? scheduler.pace(account).stateMs;
      scheduler.setPace(account, { pace: wanted.pace, stateMs });
      mailroom.life.wake(account);
      return scheduler.pace(account);
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/jobs/next/end',
    description:
      'Makes the next job that is made end in `Error`, with a text, or in `Abort`, when it would enter the state `before`: `Importing` without.',
    example: `-d '{"end":"Error","error":"Import failed"}'`,
    body: endingNext,
    handler: (account, { server, body }) => server.scheduler.plan(account, body),
  }),
  accountRoute({
    method: 'GET',
    path: '/jobs/:id',
    description: 'Shows a job with the states it went through. It moves no job.',
    example: '',
    answer: shownJob,
    handler: now,
  }),
  accountRoute({
    method: 'POST',
    path: '/jobs/:id/step',
    description: 'Moves a job one state on, or `states`, work included, whatever its pace.',
    example: `-d '{"states":1}'`,
    body: z.strictObject({ states: z.number().int().min(1).max(mostStates).default(1) }),
    answer: shownJob,
    async handler(account, call) {
      const job = openJobOf(account, call);
      for (let step = 0; step < call.body.states; step += 1)
        if (account.isOpen) await call.server.scheduler.step(account, job.id);
      if (!account.isOpen) throw new ControlError(409, 'The account was removed meanwhile');
      return now(account, call);
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/jobs/:id/hold',
    description: 'Keeps a job in its state, whatever its pace, until it is released or stepped.',
    example: '',
    answer: shownJob,
    handler(account, call) {
      call.server.scheduler.hold(account, openJobOf(account, call).id);
      return now(account, call);
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/jobs/:id/release',
    description: 'Lets a held job go on at its pace.',
    example: '',
    answer: shownJob,
    handler(account, call) {
      call.server.scheduler.release(account, openJobOf(account, call).id);
      return now(account, call);
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/jobs/:id/end',
    description: 'Ends a job at once in `Error`, with a text, or in `Abort`.',
    example: `-d '{"end":"Abort"}'`,
    body: ending,
    answer: shownJob,
    handler(account, call) {
      call.server.scheduler.end(account, openJobOf(account, call).id, call.body);
      return now(account, call);
    },
  }),
];
