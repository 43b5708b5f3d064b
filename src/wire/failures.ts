import type { FastifyInstance } from 'fastify';
import { methodNotAllowed, unexpected } from '../lib/errors.ts';
import { createRandom, guid } from '../lib/random.ts';
import { dialectOf } from './exchange.ts';
import { newError, unexpectedText } from './new-back-end.ts';
import { oldError } from './old-back-end.ts';
import { badRequestPage, nginxNotFound, nginxTooLarge, send } from './wire-answer.ts';

/** Answers what Fastify refuses before a route is reached, and what no route takes, as Mailjet's front does. */
export function answerFailures(server: FastifyInstance): void {
  const random = createRandom();
  server.setNotFoundHandler((request, reply) => {
    // a method that no route knows, on Mailjet's paths (assumed)
    const isOld = dialectOf(request.raw.url ?? '') === 'old';
    send(reply, isOld ? oldError(methodNotAllowed(), '') : nginxNotFound);
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error.statusCode === 413)
      return send(reply, request.routeOptions.config.tooLarge ?? nginxTooLarge);
    if (error.statusCode !== undefined && error.statusCode < 500)
      return send(reply, badRequestPage);
    request.log.error({ err: error }, 'unexpected failure');
    const isNew = dialectOf(request.raw.url ?? '') === 'new';
    const identifier = guid(random);
    return send(
      reply,
      isNew ? newError(500, unexpectedText, identifier) : oldError(unexpected(), identifier),
    );
  });
}
