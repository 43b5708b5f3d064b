import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { isoTime } from '../../lib/clock.ts';
import { readLookupId } from '../../lib/int64.ts';
import { patience } from '../../lib/stopwatch.ts';
import { eventNames } from '../../mail/make-events.ts';
import {
  clearDeliveries,
  countDeliveries,
  findDelivery,
  listDeliveries,
  type WebhookDelivery,
} from '../../webhooks/deliveries.ts';
import { webhookKind } from '../../webhooks/queue.ts';
import { countTaken } from '../../webhooks/taken-events.ts';
import type { ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';
import { waitDuration } from './wait-duration.ts';

/** How long a flush waits for what is posted, ms of the machine's time. */
const longestFlush = 25_000;

const whole = z.number().int();
export const deliveryQuery = z.strictObject({
  event: z.enum(eventNames).optional(),
  state: z.enum(['waiting', 'done', 'failed']).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  count: z.coerce.number().int().min(1).max(1_000_000).default(1),
  wait: waitDuration.optional(),
});
export const shownDelivery = z.strictObject({
  id: z.string(),
  url: z.string(),
  body: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  tries: whole,
  answer: z.string(),
  at: z.iso.datetime(),
  nextTryAt: z.iso.datetime().nullable(),
});
export const deliveryCounts = z.strictObject({ done: whole, waiting: whole, failed: whole });

const shown = ({ id, at, nextTryAt, ...rest }: WebhookDelivery) => ({
  ...rest,
  id: `${id}`,
  at: isoTime(at),
  nextTryAt: nextTryAt === null ? null : isoTime(nextTryAt),
});

/** Says what was waited for, and what became of the posts. */
function notEnough(account: Account, event: string | undefined, count: number): string {
  if (!account.isOpen) return 'The account was removed';
  const what = event === undefined ? 'events' : `events "${event}"`;
  const { done, waiting, failed } = countDeliveries(account);
  const [last] = listDeliveries(account, {}, 1);
  const answer =
    last === undefined || last.answer === '' ? '' : `; the last answer: ${last.answer}`;
  const posts = `${done} posts were taken, ${waiting} wait, ${failed} have failed${answer}`;
  const hint = last === undefined ? '; has eventcallbackurl a URL for it?' : '';
  return `Waited for ${count} ${what}, and ${countTaken(account, event)} were taken. ${posts}${hint}`;
}

export const deliveryRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/deliveries',
    description:
      'Lists the posts of events to the URLs of eventcallbackurl, newest first, 100 unless `limit` says otherwise: what is posted, what was answered, how often it was tried and when it is tried next. With `wait` it answers once `count` events were taken, or 408.',
    example: '-G -d event=bounce -d state=failed',
    query: deliveryQuery,
    answer: z.strictObject({ deliveries: z.array(shownDelivery), counts: deliveryCounts }),
    async handler(account, { server, query: { limit, count, wait, ...wanted } }) {
      const { eventWaits } = server.control(account);
      if (wait !== undefined && !(await eventWaits.wait(wanted.event, count, wait)))
        throw new ControlError(408, notEnough(account, wanted.event, count));
      return {
        deliveries: listDeliveries(account, wanted, limit).map(shown),
        counts: countDeliveries(account),
      };
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/deliveries/flush',
    description:
      'Posts all that waits now, whatever its time, and tells how many were taken, wait (for one try failed) and have failed for good.',
    example: '',
    answer: deliveryCounts,
    async handler(account, { server: { outbox } }) {
      outbox.hasten(account, webhookKind);
      await Promise.race([outbox.quiet(account), patience(longestFlush)]);
      return account.isOpen ? countDeliveries(account) : { done: 0, waiting: 0, failed: 0 };
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/deliveries/fail',
    description: 'Makes the next posts fail, `count` of them, without a receiver being asked.',
    example: `-d '{"count":2}'`,
    body: z.strictObject({ count: z.number().int().min(0).max(1_000_000).default(1) }),
    answer: z.strictObject({ count: whole }),
    handler(account, { server, body: { count } }) {
      server.webhooks.failNext(account, count);
      return { count };
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/deliveries/:id/replay',
    description:
      'Posts what was posted before once more, as Mailjet may: no event comes exactly once.',
    example: '',
    handler(account, { server, params }) {
      const id = readLookupId(params.id ?? '');
      const found = id === undefined ? undefined : findDelivery(account, id);
      if (found === undefined)
        throw new ControlError(404, `There is no delivery ${params.id}; GET deliveries lists them`);
      account.write(() => server.outbox.add(account, { kind: webhookKind, ...found }));
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/deliveries',
    description: 'Removes all posts of events; those that wait are never posted.',
    example: '',
    answer: z.strictObject({ deleted: whole }),
    handler: (account) => ({ deleted: clearDeliveries(account) }),
  }),
];
