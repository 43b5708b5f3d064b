import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import type { JournalQuery } from '../../control/journal.ts';
import { operationName } from './operation.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';
import { waitDuration } from './wait-duration.ts';

/** Characters: each call that is kept is searched for them. */
const longestText = 300;
export const requestsQuery = z.strictObject({
  operation: operationName.optional(),
  method: z.string().max(longestText).optional(),
  path: z.string().max(longestText).optional(),
  status: z.coerce.number().int().optional(),
  email: z.string().max(longestText).optional(),
  count: z.coerce.number().int().min(1).default(1),
  wait: waitDuration.optional(),
});

/** One call of Mailjet's API, as the journal shows it. */
export const shownRequest = z.strictObject({
  id: z.number().int(),
  at: z.iso.datetime(),
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  unread: z.array(z.string()),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
  status: z.number().int(),
  answer: z.unknown(),
  duration: z.number(),
  fault: z.string().optional(),
  dropped: z.array(z.string()).optional(),
});

export const requestRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/requests',
    description:
      'Lists the calls of the account, newest last, filtered by operation, method, path, status or email; with `wait` it answers once there are `count`, or 408 with what came near.',
    example: `-G --data-urlencode 'operation=contact create' -d count=1 -d wait=2s`,
    query: requestsQuery,
    answer: z.strictObject({ requests: z.array(shownRequest), dropped: z.number().int() }),
    async handler(account, { server, query: { wait, count, ...wanted } }) {
      const { journal } = server.control(account);
      if (wait === undefined) return { requests: journal.find(wanted), dropped: journal.dropped };
      const requests = await journal.wait(wanted, count, wait);
      if (requests.length >= count) return { requests, dropped: journal.dropped };
      throw new ControlError(408, notEnough(wanted, count, requests.length, journal.find({})));
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/requests',
    description: 'Empties the list of calls.',
    example: '',
    handler: (account, { server }) => server.control(account).journal.clear(),
  }),
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
