import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { duration } from '../../control/duration.ts';
import type { JournalQuery } from '../../control/journal.ts';
import { readBodyAs } from '../../control/read-body.ts';
import type { ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

const longestWait = 60_000;
const query = z.strictObject({
  operation: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.coerce.number().int().optional(),
  email: z.string().optional(),
  count: z.coerce.number().int().min(1).default(1),
  wait: duration.refine((ms) => ms >= 0, 'give a duration that is not negative').optional(),
});

export const requestRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/requests',
    scope: 'account',
    description:
      'Lists the calls of the account, newest last, filtered by operation, method, path, status or email; with `wait` it answers once there are `count`, or 408 with what came near.',
    example: `-G --data-urlencode 'operation=contact create' -d count=1 -d wait=2s`,
    async handler(call) {
      const { journal } = call.server.control(needAccount(call));
      const { wait, count, ...wanted } = readBodyAs(query, call.query);
      if (wait === undefined) return { requests: journal.find(wanted), dropped: journal.dropped };
      const requests = await journal.wait(wanted, count, Math.min(wait, longestWait));
      if (requests.length >= count) return { requests, dropped: journal.dropped };
      throw new ControlError(408, notEnough(wanted, count, requests.length, journal.find({})));
    },
  },
  {
    method: 'DELETE',
    path: '/requests',
    scope: 'account',
    description: 'Empties the list of calls.',
    example: '',
    handler: (call) => call.server.control(needAccount(call)).journal.clear(),
  },
];

/** Says what was waited for, and which calls came near. */
function notEnough(
  wanted: JournalQuery,
  count: number,
  found: number,
  all: { method: string; path: string; status: number; operation: string }[],
): string {
  const asked = Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  const last = all
    .slice(-5)
    .map(
      ({ method, path, status, operation }) =>
        `${method} ${path} ${status}${operation === '' ? '' : ` (${operation})`}`,
    );
  const seen =
    last.length === 0 ? 'There was no call at all' : `The last calls were: ${last.join('; ')}`;
  return `Waited for ${count} calls with ${asked.join(', ') || 'no condition'}, and there were ${found}. ${seen}`;
}
