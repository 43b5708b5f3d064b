import { isoTime } from '../lib/clock.ts';
import { ControlError } from './control-error.ts';

/** One call of Mailjet's API as a test may look at it. */
export interface JournalEntry {
  /** Counts from 1. */
  id: number;
  /** By the account's clock, RFC 3339 with milliseconds. */
  at: string;
  /** As in the log, e.g. `contact create`; `''` for a path that means nothing. */
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
  /** Why mails go nowhere of which the answer says success. */
  dropped?: string[];
}

/** A call as it is kept: cheap to take down, made readable when it is asked for. */
export interface Call {
  /** By the account's clock, ms. */
  at: number;
  operation: string;
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  unread: readonly string[];
  body: Excerpt | undefined;
  status: number;
  answer: Excerpt | undefined;
  duration: number;
  fault?: string | undefined;
  dropped?: readonly string[];
}

/** The beginning of a body, and how long all of it was. */
export interface Excerpt {
  text: string;
  size: number;
}

/** What calls are asked for; every given part must match. */
export interface JournalQuery {
  operation?: string | undefined;
  method?: string | undefined;
  /** The beginning of the path, in any case. */
  path?: string | undefined;
  status?: number | undefined;
  /** Occurs in path, body or the recipients of SMTP, in any case. */
  email?: string | undefined;
}

export interface Journal {
  add(call: Call): void;
  find(query: JournalQuery): JournalEntry[];
  /** Resolves to what matches once there are `count`, or when `ms` have passed. */
  wait(query: JournalQuery, count: number, ms: number): Promise<JournalEntry[]>;
  clear(): void;
  /** Ends all waiting. */
  close(): void;
  /** Calls that fell out of the journal because it was full. */
  readonly dropped: number;
}

/** Waits of one journal: each looks at every call. */
const mostWaits = 500;

/** A wait for calls; `found` counts those that match among the calls that are kept. */
interface Waiter {
  query: JournalQuery;
  count: number;
  found: number;
  end: () => void;
}

/**
 * A bounded list of calls, the newest kept.
 * @param limits calls, and the characters that they may have in all
 */
export function createJournal(limits: { calls: number; size: number }): Journal {
  let calls: Call[] = [];
  /** Of each call. */
  let sizes: number[] = [];
  /** ID of the first call that is kept. */
  let first = 1;
  let dropped = 0;
  let size = 0;
  const waiting = new Set<Waiter>();
  const find = (query: JournalQuery) =>
    calls.flatMap((call, at) => (matches(call, query) ? [readable(call, first + at)] : []));
  const counted = (call: Call, change: 1 | -1) => {
    for (const waiter of waiting) if (matches(call, waiter.query)) waiter.found += change;
  };
  return {
    add(call) {
      const characters = sizeOf(call);
      calls.push(call);
      sizes.push(characters);
      size += characters;
      counted(call, 1);
      while (calls.length > limits.calls || (size > limits.size && calls.length > 1)) {
        const oldest = calls.shift();
        if (oldest !== undefined) counted(oldest, -1);
        size -= sizes.shift() ?? 0;
        first += 1;
        dropped += 1;
      }
      for (const { found, count, end } of waiting) if (found >= count) end();
    },
    find,
    wait(query, count, ms) {
      if (waiting.size >= mostWaits)
        throw new ControlError(409, `There are ${mostWaits} waits for calls already`);
      return new Promise((resolve) => {
        const waiter: Waiter = {
          query,
          count,
          found: calls.filter((call) => matches(call, query)).length,
          end() {
            clearTimeout(timer);
            waiting.delete(waiter);
            resolve(find(query));
          },
        };
        const timer = setTimeout(waiter.end, ms);
        waiting.add(waiter);
        if (waiter.found >= count) waiter.end();
      });
    },
    clear() {
      first += calls.length;
      calls = [];
      sizes = [];
      dropped = 0;
      size = 0;
      for (const waiter of waiting) waiter.found = 0;
    },
    close() {
      calls = [];
      sizes = [];
      size = 0;
      for (const { end } of waiting) end();
    },
    get dropped() {
      return dropped;
    },
  };
}

/** Characters of a call, about. */
function sizeOf({ url, headers, unread, body, answer }: Call): number {
  let size = 500 + url.length + (body?.text.length ?? 0) + (answer?.text.length ?? 0);
  for (const name in headers) size += name.length + (headers[name]?.length ?? 0);
  for (const name of unread) size += name.length;
  return size;
}

function matches(call: Call, query: JournalQuery): boolean {
  const { operation, method, path, status, email } = query;
  const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
  return (
    (operation === undefined || call.operation.toLowerCase() === operation.toLowerCase()) &&
    (method === undefined || call.method === method.toUpperCase()) &&
    (path === undefined || call.url.toLowerCase().startsWith(path.toLowerCase())) &&
    (status === undefined || call.status === status) &&
    (email === undefined ||
      holds(call.url, email) ||
      holds(call.url, encodeURIComponent(email)) ||
      holds(call.body?.text ?? '', email) ||
      holds(String(call.headers['rcpt-to'] ?? ''), email))
  );
}

function readable(call: Call, id: number): JournalEntry {
  const { at, url, headers, unread, body, answer, fault, dropped = [], ...plain } = call;
  const [path = '', ...search] = url.split('?');
  return {
    id,
    at: isoTime(at),
    ...plain,
    path,
    query: Object.fromEntries(new URLSearchParams(search.join('?'))),
    unread: [...unread],
    headers: shownHeaders(headers),
    body: content(body),
    answer: content(answer),
    ...(fault === undefined ? {} : { fault }),
    ...(dropped.length === 0 ? {} : { dropped: [...dropped] }),
  };
}

/** What is shown of a head: headers, and characters of each. */
const mostHeaders = 100;
const longestHeader = 4096;

function shownHeaders(headers: Call['headers']): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given
      .slice(0, mostHeaders)
      .map(([name, value]) => [name, String(value).slice(0, longestHeader)]),
  );
}

/** JSON where it is some, else text. */
function content(excerpt: Excerpt | undefined): unknown {
  if (excerpt === undefined || excerpt.size === 0) return undefined;
  const { size } = excerpt;
  const text = withoutSecrets(excerpt.text);
  if (Buffer.byteLength(excerpt.text) < size) return `${text}… (${size} bytes)`;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The record of an API key holds its secret, and so may bodies. */
function withoutSecrets(text: string): string {
  return text
    .replace(/("SecretKey"\s*:\s*")(?:[^"\\]|\\.)*/gi, '$1***')
    .replace(/(^|&)(SecretKey=)[^&]*/gi, '$1$2***');
}
