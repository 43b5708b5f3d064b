import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from '../../accounts/registry.ts';
import type { Steering } from '../../control/steering.ts';
import type { Random } from '../../lib/random.ts';
import { authenticateScope } from '../authenticate.ts';
import { takeAnyBody, takeAnyType } from '../body.ts';
import type { Asked } from '../exchange.ts';
import type { InFlight } from '../in-flight.ts';
import { observeScope } from '../observe.ts';
import { allMethods } from '../path.ts';
import { answer } from './answer.ts';
import { fallbacks } from './fallbacks.ts';
import { refuse } from './refuse.ts';
import { answerRest, askedOfRest, dialectOfRest } from './rest.ts';
import type { MailjetParts, MailjetRoute } from './route.ts';
import { mailjetRoutes } from './routes.ts';

/** How much of a body the journal keeps, bytes. */
const bodyBytes = 16 * 1024;

/** Everything of Mailjet's: authentication first, as in production, then faults and journal, then the routes. */
export async function mailjetScope(
  scope: FastifyInstance,
  parts: MailjetParts,
  around: { registry: Registry; inFlight: InFlight; steering: Steering; random: Random },
): Promise<void> {
  await authenticateScope(scope, around.registry, around.inFlight, (request, reply) =>
    refuse(request, reply, { random: around.random, coverage: around.steering.coverage }),
  );
  await scope.register(async (buffered) => {
    takeAnyBody(buffered, parts.limits);
    observeScope(buffered, around.steering, bodyBytes);
    for (const url of ['/v3/REST', '/v3/REST/*'])
      buffered.route({
        method: allMethods,
        url,
        config: { asks: (request) => askedOfRest(request, parts) },
        handler: (request, reply) =>
          answer(
            request,
            reply,
            parts,
            { operation: '', dialect: dialectOfRest(request, parts) },
            answerRest,
          ),
      });
    addRoutes(buffered, parts, false);
  });
  await scope.register(async (streamed) => {
    streamed.removeAllContentTypeParsers();
    takeAnyType(streamed);
    streamed.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    observeScope(streamed, around.steering, bodyBytes);
    addRoutes(streamed, parts, true);
  });
}

/** The routes and fallbacks that take a body as a stream, or the others. */
function addRoutes(scope: FastifyInstance, parts: MailjetParts, streams: boolean): void {
  const isHere = (route: { streams?: true }) => (route.streams ?? false) === streams;
  for (const route of mailjetRoutes.filter(isHere))
    for (const url of urlsOf(route.path))
      scope.route({ method: route.method, url, ...handling(parts, route) });
  for (const fallback of fallbacks.filter(isHere))
    for (const url of urlsOf(`${fallback.prefix}/*`))
      scope.route({
        method: allMethods,
        url,
        ...handling(parts, { ...fallback, operation: fallbackOperation }),
      });
}

/** What log and journal call a request that no route takes. */
const fallbackOperation = 'unknown';

const handling = (
  parts: MailjetParts,
  {
    handler,
    shapeError,
    body,
    ...asked
  }: Asked & Pick<MailjetRoute, 'shapeError' | 'handler' | 'body'>,
) => ({
  config: {
    asks: () => asked,
    ...(body === undefined ? {} : { mostBytes: body.limit, tooLarge: body.tooLarge }),
  },
  handler: (request: FastifyRequest, reply: FastifyReply) =>
    answer(request, reply, parts, asked, handler, shapeError),
});

/** A last part `*` may be missing, which Fastify takes as another route. */
const urlsOf = (path: string) => (path.endsWith('/*') ? [path, path.slice(0, -2)] : [path]);
