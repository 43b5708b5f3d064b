import type { Account } from '../accounts/account.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Query } from './query.ts';
import type { Resource } from './resource.ts';

/** A request's body, read only when the checks before it have passed. */
export interface Body {
  /** The JSON text (of a form: the flat object it stands for). */
  readonly text: string;
  /** The body as a JSON object. @throws MailjetError 400 when it is none */
  object(): JsonObject;
  /** True for `application/x-www-form-urlencoded`. */
  readonly isForm: boolean;
}

/** What an operation is asked to do. */
export interface Call {
  account: Account;
  resource: Resource;
  /** Object key as it stood in the path, percent-decoded. */
  key: string | undefined;
  query: Query;
  body: Body;
}

/** A job that the call made or looked at, so that its pace can be kept. */
interface JobUse {
  id: bigint;
  use: 'made' | 'read';
}

/** What an operation answers, before a dialect writes it. */
export type Answer =
  | {
      status: 200 | 201;
      rows: JsonObject[];
      count?: number;
      total?: number;
      job?: JobUse;
      message?: bigint;
      /** URL for events that a test event is posted to. */
      hook?: bigint;
      /** The body ends with a line break. */
      isLine?: true;
    }
  | { status: 200; bare: Json }
  | { status: 204 | 304 };

/** 200 with one object or a page of them. */
export const ok = (rows: JsonObject[], total?: number): Answer =>
  total === undefined ? { status: 200, rows } : { status: 200, rows, total };

/** 201 with what was made. */
export const created = (row: JsonObject): Answer => ({ status: 201, rows: [row] });
