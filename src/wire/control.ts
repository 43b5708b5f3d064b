import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Keys } from '../accounts/account.ts';
import { ControlError } from '../control/control-error.ts';
import { readJson } from '../control/read-seed.ts';
import type { Server } from '../control/server.ts';
import { writeJson } from '../lib/json.ts';
import { pairReader } from './authenticate.ts';
import { authorizeControl, type ControlAccess } from './control/access.ts';
import type { ControlRoute, RawAnswer } from './control/route.ts';
import { controlRoutes } from './control/routes.ts';

/** `/_mockjet`: the control API, JSON in and out. It has nothing of Mailjet's dialects. */
export async function controlApi(
  scope: FastifyInstance,
  server: Server,
  access: ControlAccess,
): Promise<void> {
  const pairOf = await pairReader(scope);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: access.bodyLimit },
    (_request, body, done) => done(null, body),
  );
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof ControlError)
      return reply.code(error.status).send({ error: error.message });
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'control call failed');
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'Mockjet failed; its log says why' : error.message });
  });
  scope.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: `There is no ${request.method} ${request.url.split('?', 1)[0]}; GET /_mockjet lists what there is`,
    }),
  );
  for (const route of controlRoutes) {
    scope.route({
      method: route.method,
      url: route.path === '' ? '/' : route.path,
      handler: (request, reply) =>
        answer(route, request, reply, server, access, () => pairOf(request, reply)),
    });
  }
}

async function answer(
  route: ControlRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  server: Server,
  access: ControlAccess,
  pairOf: () => Keys | undefined,
): Promise<void> {
  const account = authorizeControl(request, route, server, access, pairOf);
  if (account !== undefined) access.inFlight.enter(account, reply.raw);
  if (route.scope === 'account' && account === undefined) {
    throw new ControlError(
      401,
      `${route.method} /_mockjet${route.path} acts on an account: send its keys as Basic credentials`,
    );
  }
  request.exchange.operation = `control ${route.method} ${route.path}`;
  const contentType =
    (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  let result: unknown;
  try {
    result = await route.handler({
      server,
      account,
      params: request.params as Record<string, string>, // Fastify's own shape
      query: request.query as Record<string, string | undefined>, // Fastify's own shape
      body: readBody(request.body, contentType),
      contentType,
    });
  } finally {
    // a preview
    if (account !== undefined && !server.registry.keeps(account)) account.close();
  }
  if (result === undefined) return reply.code(204).send();
  if (isRaw(result))
    return reply
      .code(route.status ?? 200)
      .type(result.contentType)
      .send(result.bytes);
  return reply
    .code(route.status ?? 200)
    .type('application/json')
    .send(writeJson(result));
}

/** JSON whatever the type says (curl calls everything a form), but for types that name another format. */
function readBody(body: unknown, contentType: string): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  if (/sqlite|octet-stream|csv/.test(contentType)) return body;
  return readJson(body.toString('utf8'));
}

function isRaw(result: unknown): result is RawAnswer {
  return (
    typeof result === 'object' &&
    result !== null &&
    'bytes' in result &&
    Buffer.isBuffer(result.bytes)
  );
}
