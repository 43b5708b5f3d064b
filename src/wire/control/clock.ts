import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { advance } from '../../control/advance.ts';
import { duration } from '../../control/duration.ts';
import { moment, moved } from '../../control/moment.ts';
import { type Clock, isoTime } from '../../lib/clock.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { accountRoute } from './typed-route.ts';

/** How long a change waits for the jobs that fall due, ms. */
const longestRest = 1000;

/** What a clock shows. */
export const clockReading = z.strictObject({ now: z.iso.datetime(), isFrozen: z.boolean() });
export const advancedClock = clockReading.extend({ outstanding: z.number().int() });

const shown = (clock: Clock) => ({ now: isoTime(clock.now()), isFrozen: clock.frozen });

/** Changes the account's clock; the answer comes when the jobs that fell due have moved. */
async function change(
  account: Account,
  { server }: Pick<ControlCall, 'server'>,
  what: (clock: Clock) => void,
) {
  what(account.clock);
  await server.scheduler.rest(account, longestRest);
  return shown(account.clock);
}

export const clockRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/clock',
    description: 'Tells the time of the account, and whether its clock is frozen.',
    example: '',
    answer: clockReading,
    handler: ({ clock }) => shown(clock),
  }),
  accountRoute({
    method: 'PUT',
    path: '/clock',
    description: 'Sets the clock; it runs or stands as before.',
    example: `-d '{"now":"2026-03-01T09:00:00Z"}'`,
    body: z.strictObject({ now: moment }),
    answer: clockReading,
    handler: (account, { server, body: { now } }) =>
      change(account, { server }, (clock) => (clock.frozen ? clock.freeze(now) : clock.run(now))),
  }),
  accountRoute({
    method: 'DELETE',
    path: '/clock',
    description: "Sets the clock back to the machine's, running.",
    example: '',
    answer: clockReading,
    handler: (account, call) => change(account, call, (clock) => clock.reset()),
  }),
  accountRoute({
    method: 'POST',
    path: '/clock/freeze',
    description:
      'Stops the clock, `at` a time or where it is. Timestamps stand still, and so do `timed` jobs, expiries and the rate limit.',
    example: `-d '{"at":"2026-03-01T09:00:00Z"}'`,
    body: z.strictObject({ at: moment.optional() }),
    answer: clockReading,
    handler: (account, call) => change(account, call, (clock) => clock.freeze(call.body.at)),
  }),
  accountRoute({
    method: 'POST',
    path: '/clock/advance',
    description:
      'Moves the clock, running or frozen, by a duration such as `90s` or `1d 12h`, also back; jobs, expiries and each try to post events that falls due follow before it answers, within 30 s. `outstanding` counts the deliveries that are due still.',
    example: `-d '{"by":"1d"}'`,
    body: z.strictObject({ by: duration }),
    answer: advancedClock,
    async handler(account, { server, body: { by } }) {
      moved(account.clock.now(), by);
      await advance(account, server, by);
      await server.scheduler.rest(account, longestRest);
      const outstanding = account.isOpen ? server.outbox.outstanding(account) : 0;
      return { ...shown(account.clock), outstanding };
    },
  }),
  accountRoute({
    method: 'POST',
    path: '/clock/run',
    description: 'Lets a frozen clock run on from where it is.',
    example: '',
    answer: clockReading,
    handler: (account, call) => change(account, call, (clock) => clock.run()),
  }),
];
