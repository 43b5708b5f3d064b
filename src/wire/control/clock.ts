import * as z from 'zod';
import { duration } from '../../control/duration.ts';
import { moment, moved } from '../../control/moment.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { type Clock, isoTime } from '../../lib/clock.ts';
import type { ControlCall, ControlRoute } from './route.ts';
import { needAccount } from './route.ts';

/** How long a change waits for the jobs that fall due, ms. */
const longestRest = 1000;

const shown = (clock: Clock) => ({ now: isoTime(clock.now()), isFrozen: clock.frozen });

/** Changes the account's clock; the answer comes when the jobs that fell due have moved. */
async function change(call: ControlCall, what: (clock: Clock) => void) {
  const account = needAccount(call);
  what(account.clock);
  await call.server.scheduler.rest(account, longestRest);
  return shown(account.clock);
}

export const clockRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/clock',
    scope: 'account',
    description: 'Tells the time of the account, and whether its clock is frozen.',
    example: '',
    handler: (call) => shown(needAccount(call).clock),
  },
  {
    method: 'PUT',
    path: '/clock',
    scope: 'account',
    description: 'Sets the clock; it runs or stands as before.',
    example: `-d '{"now":"2026-03-01T09:00:00Z"}'`,
    handler(call) {
      const { now } = readBodyAs(z.strictObject({ now: moment }), call.body);
      return change(call, (clock) => (clock.frozen ? clock.freeze(now) : clock.run(now)));
    },
  },
  {
    method: 'DELETE',
    path: '/clock',
    scope: 'account',
    description: "Sets the clock back to the machine's, running.",
    example: '',
    handler: (call) => change(call, (clock) => clock.reset()),
  },
  {
    method: 'POST',
    path: '/clock/freeze',
    scope: 'account',
    description:
      'Stops the clock, `at` a time or where it is. Timestamps stand still, and so do `timed` jobs, expiries and the rate limit.',
    example: `-d '{"at":"2026-03-01T09:00:00Z"}'`,
    handler(call) {
      const { at } = readBodyAs(z.strictObject({ at: moment.optional() }), call.body);
      return change(call, (clock) => clock.freeze(at));
    },
  },
  {
    method: 'POST',
    path: '/clock/advance',
    scope: 'account',
    description:
      'Moves the clock, running or frozen, by a duration such as `90s` or `1d 12h`, also back; jobs and expiries that fall due follow before it answers.',
    example: `-d '{"by":"1d"}'`,
    handler(call) {
      const { by } = readBodyAs(z.strictObject({ by: duration }), call.body);
      return change(call, (clock) => {
        moved(clock.now(), by);
        clock.advance(by);
      });
    },
  },
  {
    method: 'POST',
    path: '/clock/run',
    scope: 'account',
    description: 'Lets a frozen clock run on from where it is.',
    example: '',
    handler: (call) => change(call, (clock) => clock.run()),
  },
];
