import { parseRfc3339 } from './datetime-format.ts';

/** An account's time. All in milliseconds since 1970, as `Date.now()`. */
export interface Clock {
  now(): number;
  /** True while the clock stands still. */
  readonly frozen: boolean;
  /** Stops the clock, at `at` or where it is. */
  freeze(at?: number): void;
  /** Lets the clock run, from `at` or from where it is. */
  run(at?: number): void;
  /** Moves the clock by `ms`, running or not; it may move back. */
  advance(ms: number): void;
  /** Back to the machine's time. */
  reset(): void;
  /** Calls back after every change other than the passing of time; returns the way to stop that. */
  onChange(listener: () => void): () => void;
}

/** A clock that follows the machine's until it is told otherwise. */
export function createClock(machine: () => number = Date.now): Clock {
  let offset = 0;
  let stoppedAt: number | undefined;
  const listeners = new Set<() => void>();
  const now = () => stoppedAt ?? machine() + offset;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    now,
    get frozen() {
      return stoppedAt !== undefined;
    },
    freeze(at = now()) {
      stoppedAt = at;
      changed();
    },
    run(at = now()) {
      offset = at - machine();
      stoppedAt = undefined;
      changed();
    },
    advance(ms) {
      if (stoppedAt === undefined) offset += ms;
      else stoppedAt += ms;
      changed();
    },
    reset() {
      offset = 0;
      stoppedAt = undefined;
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The machine's time, ms: for answers that belong to no account. */
export const machineTime = (): number => Date.now();

/** Writes whole seconds, made anew only when the second changes. */
function bySecond(write: (time: Date) => string): (ms: number) => string {
  let lastSecond = Number.NaN;
  let lastText = '';
  return (ms) => {
    const second = Math.floor(ms / 1000);
    if (second !== lastSecond) {
      lastText = write(new Date(second * 1000));
      lastSecond = second;
    }
    return lastText;
  };
}

/** `2021-08-31T03:03:48Z`: whole seconds, UTC, as Mailjet writes dates. */
export const rfc3339 = bySecond((time) => `${time.toISOString().slice(0, 19)}Z`);

/** The `Date` header for a time. */
export const httpDate = bySecond((time) => time.toUTCString());

/** A time with its milliseconds, for what is ours. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** What a period of the calendar may be. */
export const periods = ['day', 'week', 'month', 'year'] as const;

/** Where the day, week (from Monday on), month or year began that a time lies in, UTC, as Mailjet writes dates. */
export function beginOfPeriod(ms: number, period: (typeof periods)[number]): string {
  const time = new Date(ms);
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  const sinceMonday = (time.getUTCDay() + 6) % 7;
  const begin = {
    day: [year, month, day],
    week: [year, month, day - sinceMonday],
    month: [year, month, 1],
    year: [year, 0, 1],
  }[period] as [number, number, number]; // three numbers each
  return rfc3339(Date.UTC(...begin));
}

/** A moment that somebody wrote: RFC 3339, a day, or milliseconds since 1970; UTC unless it says otherwise. Undefined for what is none. */
export function readInstant(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value) : undefined;
  const second = parseRfc3339(value.trim());
  if (second === undefined) return undefined;
  const [, fraction = ''] = /\.(\d{1,3})/.exec(value) ?? [];
  return Date.parse(second) + Number(fraction.padEnd(3, '0'));
}
