import type * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { readBodyAs } from '../../control/read-body.ts';
import { type ControlCall, type ControlRoute, needAccount } from './route.ts';

/** What the handler of a typed route is given: a query and a body that fit the route's schemas. */
interface TypedCall<Query, Body> extends Omit<ControlCall, 'query' | 'body'> {
  query: Query;
  body: Body;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** What a handler gives: what its schema says; without one nothing, or bytes. */
type Result<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown;

interface TypedRoute<
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  Answer extends z.ZodType | undefined,
> extends Omit<ControlRoute, 'handler' | 'query' | 'body' | 'answer'> {
  query?: Query;
  body?: Body;
  answer?: Answer;
  handler: (
    call: TypedCall<Parsed<Query>, Parsed<Body>>,
  ) => Result<Answer> | Promise<Result<Answer>>;
}

/**
 * A control route with schemas: what comes in is parsed before the handler sees it (400 names each wrong part), and what
 * goes out has the type of `answer`, which tests hold the real answers against.
 */
export function typedRoute<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | undefined = undefined,
>({ query, body, answer, handler, ...route }: TypedRoute<Query, Body, Answer>): ControlRoute {
  return {
    ...route,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    ...(answer === undefined ? {} : { answer }),
    handler: (call) =>
      handler({
        ...call,
        query: (query && readBodyAs(query, call.query)) as Parsed<Query>, // parsed by its own schema
        body: (body && readBodyAs(body, call.body)) as Parsed<Body>, // parsed by its own schema
      }),
  };
}

/** The same for a route that acts on an account: the handler gets it beside the call. */
export function accountRoute<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | undefined = undefined,
>({
  handler,
  ...route
}: Omit<TypedRoute<Query, Body, Answer>, 'handler' | 'scope'> & {
  handler: (
    account: Account,
    call: TypedCall<Parsed<Query>, Parsed<Body>>,
  ) => ReturnType<TypedRoute<Query, Body, Answer>['handler']>;
}): ControlRoute {
  return typedRoute<Query, Body, Answer>({
    ...(route as Omit<TypedRoute<Query, Body, Answer>, 'handler'>), // without the scope, which follows
    scope: 'account',
    handler: (call) => handler(needAccount(call), call),
  });
}
