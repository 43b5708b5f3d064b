import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import { moment } from '../../control/moment.ts';
import { stateReason } from '../../control/outcome-rule.ts';
import { isoTime } from '../../lib/clock.ts';
import { type EventWish, eventNames } from '../../mail/make-events.ts';
import type { ControlRoute } from './route.ts';
import { mailOf } from './shown-mail.ts';
import { accountRoute } from './typed-route.ts';

const words = z.string().max(1000);
/** As often as one call makes an event. */
const mostTimes = 100;
/** Events that one call makes, of all recipients: they are stored in one transaction. */
const mostEvents = 1000;

/** What a body may say of each event beside `email`, `at` and `count`. */
export const eventMembers: Readonly<Record<EventWish['event'], readonly (keyof EventWish)[]>> = {
  sent: ['comment'],
  open: ['ip', 'geo', 'agent'],
  click: ['url', 'ip', 'geo', 'agent'],
  bounce: ['hard', 'reason', 'comment'],
  blocked: ['reason', 'comment'],
  spam: ['source', 'comment'],
  unsub: ['list', 'ip', 'geo', 'agent'],
};
const ofAll: readonly string[] = ['event', 'email', 'at', 'count'];

const wish = z
  .strictObject({
    event: z.enum(eventNames),
    email: words.optional(),
    hard: z.boolean().optional(),
    reason: stateReason.optional(),
    comment: words.optional(),
    url: z.string().max(10_000).optional(),
    ip: words.optional(),
    geo: words.optional(),
    agent: words.optional(),
    source: words.optional(),
    list: z.number().int().min(0).optional(),
    at: moment.optional(),
    count: z.number().int().min(1).max(mostTimes).optional(),
  })
  .superRefine(({ event, ...rest }, context) => {
    const allowed = eventMembers[event];
    for (const name of Object.keys(rest))
      if (!ofAll.includes(name) && !allowed.some((each) => each === name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `a ${event} has none; give ${allowed.join(', ')}`,
        });
  });

export const mailEventRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'POST',
    path: '/mails/:id/events',
    description:
      'Makes something happen to a mail, at every recipient or at `email`: `sent`, `open`, `click`, `bounce`, `blocked`, `spam` or `unsub`, now or `at` a time, `count` times. Message, history, contact, subscription and webhooks follow.',
    example: `-d '{"event":"bounce","hard":true,"reason":"user unknown"}'`,
    status: 201,
    body: wish,
    answer: z.strictObject({
      events: z.array(
        z.strictObject({
          id: z.string(),
          email: z.string(),
          messageId: z.string(),
          at: z.iso.datetime(),
          status: z.string(),
        }),
      ),
    }),
    handler(account, { server, params, body }) {
      const { id, recipients } = mailOf(account, params);
      const wanted = body as EventWish; // optional members, which zod tells as undefined
      const at = wanted.email === undefined ? recipients.length : 1;
      if (at * (wanted.count ?? 1) > mostEvents)
        throw new ControlError(
          400,
          `count: ${wanted.count} at each of ${at} recipients are more than ${mostEvents} events: give email, or a smaller count`,
        );
      const made = server.mailroom.makeEvents(account, id, wanted);
      if (made.length > 0)
        return {
          events: made.map(({ email, status, ...event }) => ({
            id: `${event.id}`,
            email,
            messageId: `${event.messageId}`,
            at: isoTime(event.at),
            status,
          })),
        };
      const names = recipients.map(({ email }) => email);
      throw wanted.email === undefined || names.includes(wanted.email)
        ? new ControlError(409, `The mail ${id} went nowhere: it has no message left`)
        : new ControlError(404, `The mail ${id} went to ${names.join(', ')} alone`);
    },
  }),
];
