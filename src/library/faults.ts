import type { Duration } from './clock.ts';
import type { ControlClient } from './control-client.ts';
import type { MockjetOperation } from './operations.ts';

/** Which calls a fault is for, and what happens to them. Every given condition must match. */
export interface FaultRule {
  /** GET, POST, PUT or DELETE. */
  method?: string;
  /** A path with `*` for any text, in any case, e.g. `/v3/REST/contact*`. */
  path?: string;
  /** As in the journal, e.g. `contact create`. */
  operation?: MockjetOperation;
  /** Only the nth call that matches, counted from 1. */
  nth?: number;
  /** A Mailjet error by its name, e.g. `tooManyRequests`; a wrong name is answered with those there are. */
  error?: string;
  /** 200 to 599: answers with this status, `headers` and `body`. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Waits before anything else, on the machine's time. */
  delay?: Duration;
  /** Cuts the connection: before the call is carried out, in the middle of its answer, or after it. */
  cut?: 'before' | 'during' | 'after';
  /** Spoils the body of the real answer. */
  malformed?: 'truncated' | 'not-json';
  /** How often the rule applies; without, as long as it lives. */
  count?: number;
  /** On the account's clock; after it the rule is gone. */
  ttl?: Duration;
}

/** A rule as the server keeps it; its durations are milliseconds. */
export interface Fault extends FaultRule {
  id: number;
  delay?: number;
  ttl?: number;
  /** Calls that matched. */
  seen: number;
  /** Calls that it was applied to. */
  hits: number;
  /** False when its count is used up or its time is over; it stays listed, so that `hits` can be read. */
  isActive: boolean;
}

/** Makes Mailjet's calls fail. */
export interface Faults {
  /** @throws MockjetError 400 for a rule that makes no sense, with what is wrong */
  add(rule: FaultRule): Promise<Fault>;
  list(): Promise<Fault[]>;
  /** @throws MockjetError 404 when there is none with this id */
  remove(id: number): Promise<void>;
  clear(): Promise<void>;
}

/** A limit on the calls of an account: a bucket of `capacity` calls that fills by `perSecond` on the account's clock. */
export interface RateLimit {
  capacity: number;
  perSecond: number;
}

/** The rate limit of an account; a call above it is answered with 429. */
export interface RateLimits {
  /** The limit and how many calls are `left` now, or null when there is none. */
  read(): Promise<(RateLimit & { left: number }) | null>;
  /** @throws MockjetError 400 for a capacity below 1 or a negative rate */
  set(limit: RateLimit): Promise<void>;
  clear(): Promise<void>;
}

/** @param control with an account's credentials, or without for the faults of the whole server */
export function createFaultsClient({ call }: ControlClient): Faults {
  return {
    add: (rule) => call('POST', '/faults', { json: rule }),
    list: async () => (await call<{ faults: Fault[] }>('GET', '/faults')).faults,
    remove: (id) => call('DELETE', `/faults/${id}`),
    clear: () => call('DELETE', '/faults'),
  };
}

/** @param control with the account's credentials */
export function createRateLimits({ call }: ControlClient): RateLimits {
  return {
    read: async () =>
      (await call<{ rateLimit: (RateLimit & { left: number }) | null }>('GET', '/rate-limit'))
        .rateLimit,
    async set(limit) {
      await call('PUT', '/rate-limit', { json: limit });
    },
    clear: () => call('DELETE', '/rate-limit'),
  };
}
