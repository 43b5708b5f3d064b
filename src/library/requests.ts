import type { Duration } from './clock.ts';
import type { ControlClient } from './control-client.ts';
import type { MockjetOperation } from './operations.ts';

/** Which calls are meant; every given part must match. */
export interface RequestQuery {
  /** e.g. `contact create`. */
  operation?: MockjetOperation;
  method?: string;
  /** The beginning of the path, in any case. */
  path?: string;
  status?: number;
  /** Occurs in path or body, in any case. */
  email?: string;
}

/** One call of Mailjet's API. */
export interface RecordedRequest {
  /** Counts from 1. */
  id: number;
  /** By the account's clock, RFC 3339 with milliseconds. */
  at: string;
  /** e.g. `contact create`; `''` for a path that means nothing. */
  operation: string;
  method: string;
  path: string;
  query: Record<string, string>;
  /** Query parameters that nobody read: Mailjet ignores them in silence. */
  unread: string[];
  /** Without credentials. */
  headers: Record<string, string>;
  /** Parsed JSON, or text; cut at a limit. */
  body: unknown;
  status: number;
  /** Parsed JSON, or text; cut at a limit. */
  answer: unknown;
  /** Milliseconds of the machine's time. */
  duration: number;
  /** The fault that was applied, if any. */
  fault?: string;
  /** Why mails go nowhere of which the answer says success: `--senders strict`. */
  dropped?: string[];
}

/** The journal of an account's calls. */
export interface Requests {
  /**
   * The calls that match, newest last.
   * @throws MockjetError 400 for an operation that does not exist
   */
  find(query?: RequestQuery): Promise<RecordedRequest[]>;
  /**
   * Waits until `count` calls match (1 without), at most `within` (5 s without, 60 s at most).
   * @returns all that match
   * @throws MockjetError 408 that says what came near, 400 for an operation that does not exist
   */
  wait(query?: RequestQuery & { count?: number; within?: Duration }): Promise<RecordedRequest[]>;
  clear(): Promise<void>;
}

/** @param control with the account's credentials */
export function createRequests({ call }: ControlClient): Requests {
  const get = async (query: Record<string, string | number | undefined>) =>
    (await call<{ requests: RecordedRequest[] }>('GET', '/requests', { query })).requests;
  return {
    find: (query = {}) => get({ ...query }),
    wait: ({ within = '5s', ...query } = {}) => get({ ...query, wait: within }),
    clear: () => call('DELETE', '/requests'),
  };
}
