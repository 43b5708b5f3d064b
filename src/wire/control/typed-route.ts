import type * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { type ControlCall, type ControlRoute, needAccount } from './route.ts';

type Schema = z.ZodType | undefined;

/** What the handler of a typed route is given: parts of the path, a query and a body that fit the route's schemas. */
interface TypedCall<Params, Query, Body> extends Omit<ControlCall, 'params' | 'query' | 'body'> {
  params: Params;
  query: Query;
  body: Body;
}

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;
type ParsedParams<S> = S extends z.ZodType ? z.infer<S> : ControlCall['params'];

/** What a handler gives: what its schema says; without one nothing, or bytes. */
type Result<S> = S extends z.ZodType ? z.input<S> : unknown;

interface TypedRoute<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
  Answer extends Schema,
> extends Omit<ControlRoute, 'handler' | 'query' | 'body' | 'answer'> {
  /** Of the parts of the path; texts without. */
  params?: Params;
  query?: Query;
  body?: Body;
  /** What a call without a body is told; without, it counts as an empty object. */
  bodyMissing?: string;
  answer?: Answer;
  handler: (
    call: TypedCall<ParsedParams<Params>, Parsed<Query>, Parsed<Body>>,
  ) => Result<Answer> | Promise<Result<Answer>>;
}

/**
 * A control route with schemas: what comes in is parsed before the handler sees it (400 names each wrong part), and what
 * goes out has the type of `answer`, which tests hold the real answers against.
 */
export function typedRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Answer extends Schema = undefined,
>({
  params,
  query,
  body,
  bodyMissing,
  answer,
  handler,
  ...route
}: TypedRoute<Params, Query, Body, Answer>): ControlRoute {
  return {
    ...route,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    ...(answer === undefined ? {} : { answer }),
    handler(call) {
      if (call.body === undefined && bodyMissing !== undefined)
        throw new ControlError(400, bodyMissing);
      // each is parsed by its own schema
      return handler({
        ...call,
        params: (params ? readBodyAs(params, call.params) : call.params) as ParsedParams<Params>,
        query: (query && readBodyAs(query, call.query)) as Parsed<Query>,
        body: (body && readBodyAs(body, call.body)) as Parsed<Body>,
      });
    },
  };
}

/** The same for a route that acts on an account: the handler gets it beside the call. */
export function accountRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Answer extends Schema = undefined,
>({
  handler,
  ...route
}: Omit<TypedRoute<Params, Query, Body, Answer>, 'handler' | 'scope'> & {
  handler: (
    account: Account,
    call: TypedCall<ParsedParams<Params>, Parsed<Query>, Parsed<Body>>,
  ) => ReturnType<TypedRoute<Params, Query, Body, Answer>['handler']>;
}): ControlRoute {
  return typedRoute<Params, Query, Body, Answer>({
    ...(route as Omit<TypedRoute<Params, Query, Body, Answer>, 'handler'>), // without the scope, which follows
    scope: 'account',
    handler: (call) => handler(needAccount(call), call),
  });
}
