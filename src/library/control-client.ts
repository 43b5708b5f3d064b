import { parseJson } from '../lib/json-text.ts';

/** An ID of Mailjet's: a number, or a `bigint` where a number would be rounded, above 2^53. */
export type Id = number | bigint;

/** A call of the control API before it is sent. */
interface ControlRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `/_mockjet` and the query. */
  url: string;
  headers: Record<string, string>;
  body: Uint8Array | string | undefined;
}

/** What came back. */
interface ControlAnswer {
  status: number;
  bytes: Uint8Array;
}

/** Carries a call to a server: in this process, or over HTTP. */
export type Send = (request: ControlRequest) => Promise<ControlAnswer>;

/** What goes with a call beside its path. */
interface CallDetails {
  query?: Readonly<Record<string, string | Id | undefined>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as they are, with their type. */
  bytes?: { data: Uint8Array | string; type: string };
}

/** The control API of a server, with the credentials of an account or without. */
export interface ControlClient {
  /**
   * Calls a route below `/_mockjet`.
   * @returns its JSON with exact integers (`bigint` above 2^53), undefined where the answer has no body
   * @throws MockjetError for an answer that is no success
   */
  call<T>(method: ControlRequest['method'], path: string, details?: CallDetails): Promise<T>;
  /** As `call`, for an answer that is no JSON. */
  bytes(method: ControlRequest['method'], path: string): Promise<Uint8Array>;
}

/** What the control API refused, in its words. */
export class MockjetError extends Error {
  /** The HTTP status of the refusal. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'MockjetError';
    this.status = status;
  }
}

/** Who the calls are made as; without keys they act on the whole server. */
export interface Credentials {
  keys?: { apiKey: string; secretKey: string } | undefined;
  /** The token of a locked control API. */
  token?: string | undefined;
  /** What the caller calls the routes that a refusal may name: a library has methods, a command line commands. */
  words?: RouteWords | undefined;
}

/** What a route is called by, e.g. `GET snapshots`. */
export type RouteWords = Readonly<Record<string, string>>;

/** The library's own. */
const methods: RouteWords = {
  'GET coverage': 'the type MockjetOperation',
  'GET jobs': 'account.jobs.list()',
  'GET lists': 'account.lists.list()',
  'GET mails': 'account.mails.find()',
  'GET snapshots': 'account.snapshots.list()',
  'POST reset': 'account.reset()',
};

/**
 * Calls the control API.
 * @param send carries each call
 */
export function createControlClient(
  send: Send,
  { keys, token, words = methods }: Credentials = {},
): ControlClient {
  const credentials: Record<string, string> = {};
  if (keys !== undefined) {
    const pair = new TextEncoder().encode(`${keys.apiKey}:${keys.secretKey}`);
    credentials.authorization = `Basic ${btoa(String.fromCharCode(...pair))}`;
  }
  if (token !== undefined) credentials['x-mockjet-token'] = token;

  const exchange: (
    method: ControlRequest['method'],
    path: string,
    details?: CallDetails,
  ) => Promise<Uint8Array> = async (method, path, { query = {}, json, bytes } = {}) => {
    const type = bytes?.type ?? (json === undefined ? undefined : 'application/json');
    const { status, bytes: answer } = await send({
      method,
      url: `/_mockjet${path}${queryText(query)}`,
      headers: { ...credentials, ...(type === undefined ? {} : { 'content-type': type }) },
      body: bytes?.data ?? (json === undefined ? undefined : exactJson(json)),
    });
    if (status >= 300) throw new MockjetError(status, refusal(status, textOf(answer), words));
    return answer;
  };
  return {
    async call<T>(
      method: ControlRequest['method'],
      path: string,
      details?: CallDetails,
    ): Promise<T> {
      const text = textOf(await exchange(method, path, details));
      return (text === '' ? undefined : parseJson(text)) as T; // the route's own shape
    },
    bytes: (method, path) => exchange(method, path),
  };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function queryText(query: Readonly<Record<string, string | Id | undefined>>): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) text.set(name, String(value));
  return text.size === 0 ? '' : `?${text}`;
}

function refusal(status: number, text: string, words: RouteWords): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown }; // read with care below
    if (typeof error === 'string')
      return error.replace(/\b(GET|POST) [a-z]+\b/g, (route) => words[route] ?? route);
  } catch {
    // no JSON: not Mockjet's answer
  }
  return `Mockjet's control API answered ${status}`;
}

/** TypeScript does not know of it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** As JSON.stringify writes it, and a `bigint` as the integer that it is. */
const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_name, member) =>
    typeof member === 'bigint' ? rawJSON(String(member)) : member,
  );
