import type * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import type { Steering } from '../../control/steering.ts';

/** What a control route is given. */
export interface ControlCall {
  server: Steering;
  /** The account of the credentials that came, if any; none is made for a route of scope `server`. */
  account: Account | undefined;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  /** The body: parsed JSON, or bytes where it is none. */
  body: unknown;
  /** The body's type without parameters. */
  contentType: string;
}

/** An answer that is no JSON. */
export interface RawAnswer {
  contentType: string;
  bytes: Buffer;
  headers?: Readonly<Record<string, string>>;
}

/** One route below `/_mockjet`; `GET /_mockjet` and docs/control.md are made of these. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/_mockjet`, parts as `:name`. */
  path: string;
  /** `account` needs an account's credentials, `server` takes none, `both` acts on what is given. */
  scope: 'account' | 'server' | 'both';
  /** One sentence. */
  description: string;
  /** What a curl of it looks like behind the URL, e.g. `-X POST -d '{"by":"1d"}'`. */
  example: string;
  /** Status of a good answer, 200 without. */
  status?: number;
  /** How large a body may be: as JSON of Mailjet's API, or as an upload; 1 MB without. */
  bodySize?: 'json' | 'upload';
  /** Answered without the token too. */
  isPublic?: true;
  /** What the query, the body and a good answer are; see `typedRoute`. */
  query?: z.ZodType;
  body?: z.ZodType;
  answer?: z.ZodType;
  /** JSON, bytes, or undefined for 204. @throws ControlError */
  handler: (call: ControlCall) => unknown;
}

/** The account of a call whose route has the scope `account`. */
export function needAccount({ account }: Pick<ControlCall, 'account'>): Account {
  if (account === undefined) throw new Error('A route of scope account was called without one');
  return account;
}
