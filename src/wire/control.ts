import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Keys } from '../accounts/account.ts';
import { ControlError } from '../control/control-error.ts';
import { readJson } from '../control/read-seed.ts';
import type { Steering } from '../control/steering.ts';
import { tooManyValues } from '../lib/errors.ts';
import { writeJson } from '../lib/json.ts';
import { excessOfJson } from '../lib/value-count.ts';
import { pairReader } from './authenticate.ts';
import type { BodyLimits } from './body-limits.ts';
import { type BodyLimit, collectBody } from './collect-body.ts';
import { authorizeControl, type ControlAccess } from './control/access.ts';
import type { ControlRoute, RawAnswer } from './control/route.ts';
import { controlRoutes } from './control/routes.ts';
import { send, type WireAnswer } from './wire-answer.ts';

/** `/_mockjet`: the control API, JSON in and out. It has nothing of Mailjet's dialects. */
export async function controlApi(
  scope: FastifyInstance,
  steering: Steering,
  access: ControlAccess,
): Promise<void> {
  const pairOf = await pairReader(scope);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request, body, done) => {
    const limit = limitOf(request.routeOptions.config.bodySize, access.limits);
    collectBody(request, body, limit, access.limits.room, done);
  });
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    request.exchange.reason = error.message;
    if (error instanceof ControlError)
      return reply.code(error.status).send({ error: error.message });
    const status = error.statusCode ?? 500;
    if (status === 413 || status === 503) {
      request.log.info(error.message);
      return send(reply, refusal(status, error.message));
    }
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
      ...(route.bodySize === undefined ? {} : { config: { bodySize: route.bodySize } }),
      handler: (request, reply) =>
        answer(route, request, reply, steering, access, () => pairOf(request, reply)),
    });
  }
}

/** What is told of a body that is not taken, while its rest may still come in. */
const refusal = (status: number, error: string): WireAnswer => ({
  status,
  phrase: STATUS_CODES[status] ?? '',
  headers: { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' },
  body: JSON.stringify({ error }),
});

/** Bodies of most routes are rules and numbers. */
const ordinary: BodyLimit = { bytes: 1024 * 1024, setting: 'no setting' };

function limitOf(body: ControlRoute['bodySize'], { json, upload }: BodyLimits): BodyLimit {
  if (body === undefined) return ordinary;
  return body === 'json'
    ? { bytes: json, setting: '--json-limit' }
    : { bytes: upload, setting: '--body-limit' };
}

async function answer(
  route: ControlRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  steering: Steering,
  access: ControlAccess,
  pairOf: () => Keys | undefined,
): Promise<void> {
  const account = authorizeControl(request, route, steering, access, pairOf);
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
      server: steering,
      account,
      params: request.params as Record<string, string>, // Fastify's own shape
      query: request.query as Record<string, string | undefined>, // Fastify's own shape
      body: readBody(request.body, contentType, access.limits.values),
      contentType,
    });
  } finally {
    // a preview
    if (account !== undefined && !steering.registry.keeps(account)) account.close();
  }
  if (result === undefined) return reply.code(204).send();
  if (isRaw(result))
    return reply
      .code(route.status ?? 200)
      .headers(result.headers ?? {})
      .type(result.contentType)
      .send(result.bytes);
  return reply
    .code(route.status ?? 200)
    .type('application/json')
    .send(writeJson(result));
}

/** JSON whatever the type says (curl calls everything a form), but for types that name another format. */
function readBody(body: unknown, contentType: string, mostValues: number): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  if (/sqlite|octet-stream|csv/.test(contentType)) return body;
  const excess = excessOfJson(body, mostValues);
  if (excess !== undefined) throw tooManyValues(excess);
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
