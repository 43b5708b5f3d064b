import type { Answer, Mock, Request } from './mock.ts';

/** A fresh account of a mock, asked without naming its credentials each time. */
export interface FreshAccount {
  user: string;
  call(method: string, path: string, request?: Request): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  remove(path: string): Promise<Answer>;
}

let made = 0;

/** Opens an account of its own; paths are those below `/v3/REST/` unless they begin with a slash. */
export function freshAccount(mock: Mock): FreshAccount {
  made += 1;
  const user = `fresh-${made}:secret`;
  const call = (method: string, path: string, request: Request = {}) =>
    mock.call(method, path.startsWith('/') ? path : `/v3/REST/${path}`, { user, ...request });
  return {
    user,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, { body }),
    put: (path, body) => call('PUT', path, { body }),
    remove: (path) => call('DELETE', path),
  };
}

/** The rows of an answer. Numbers beyond 2^53 are rounded: compare bodies where that counts. */
export function rowsOf(answer: Answer): Row[] {
  return JSON.parse(answer.body).Data;
}

/** The one row of an answer; throws the body where there is none. */
export function rowOf(answer: Answer): Row {
  const row = answer.status < 300 ? rowsOf(answer)[0] : undefined;
  if (row === undefined) throw new Error(`${answer.status} ${answer.body}`);
  return row;
}

/** A row of any resource; a test knows what its own holds. */
export type Row = Record<string, string & number & boolean & { Name: string; Value: string }[]>;
