import type { ControlClient } from './control-client.ts';

/** A time: RFC 3339 text, a Date, or milliseconds since 1970. */
export type Time = string | number | Date;

/** A duration: text such as `90s`, `1d 12h` or `250ms`, or milliseconds; below zero for the past. */
export type Duration = string | number;

/** What an account's clock shows. */
export interface ClockReading {
  /** RFC 3339 in UTC, with milliseconds. */
  now: string;
  /** True while the clock stands still. */
  isFrozen: boolean;
}

/** The clock once it was moved. */
export interface AdvancedClock extends ClockReading {
  /** Deliveries that are due still. */
  outstanding: number;
}

/** The clock of an account: every timestamp, job, expiry and rate limit of the account follows it. */
export interface AccountClock {
  /** Tells the account's time. */
  read(): Promise<ClockReading>;
  /**
   * Stops the clock; `timed` jobs stop with it.
   * @param at the time to stop at; without, where it is
   */
  freeze(at?: Time): Promise<ClockReading>;
  /** Sets the clock; it stands or runs on as before. */
  set(now: Time): Promise<ClockReading>;
  /** Moves the clock; what falls due is done by then, each try to post events at its time, within 30 s. */
  advance(by: Duration): Promise<AdvancedClock>;
  /** Lets a frozen clock run on from where it is. */
  run(): Promise<ClockReading>;
  /** Back to the machine's time. */
  reset(): Promise<ClockReading>;
}

/** @param control with the account's credentials */
export function createAccountClock({ call }: ControlClient): AccountClock {
  return {
    read: () => call('GET', '/clock'),
    freeze: (at) =>
      call('POST', '/clock/freeze', { json: at === undefined ? {} : { at: text(at) } }),
    set: (now) => call('PUT', '/clock', { json: { now: text(now) } }),
    advance: (by) => call('POST', '/clock/advance', { json: { by } }),
    run: () => call('POST', '/clock/run', { json: {} }),
    reset: () => call('DELETE', '/clock'),
  };
}

// A Date that is none becomes null in JSON: refused by the server, not taken for 1970.
const text = (time: Time) => (time instanceof Date ? time.toJSON() : time);
