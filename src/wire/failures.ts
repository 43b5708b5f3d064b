import type { FastifyInstance } from 'fastify';
import { methodNotAllowed, unexpected } from '../lib/errors.ts';
import { createRandom, guid } from '../lib/random.ts';
import { dialectOf } from './exchange.ts';
import { noServer } from './fault-answers.ts';
import { newError, unexpectedText } from './new-back-end.ts';
import { oldError } from './old-back-end.ts';
import { badRequestPage, nginxNotFound, nginxTooLarge, send } from './wire-answer.ts';

/** Answers what Fastify refuses before a route is reached, and what no route takes, as Mailjet's front does. */
export function answerFailures(server: FastifyInstance): void {
  const random = createRandom();
  // no route of ours looks at the body of what is not found; Fastify would read and parse it
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));
  server.setNotFoundHandler((request, reply) => {
    // a method that no route knows, on Mailjet's paths (assumed)
    const isOld = dialectOf(request.raw.url ?? '') === 'old';
    send(reply, isOld ? oldError(methodNotAllowed(), '') : nginxNotFound);
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error.statusCode === 413) {
      request.log.info(error.message);
      return send(reply, request.routeOptions.config.tooLarge ?? nginxTooLarge);
    }
    if (error.statusCode === 503) {
      request.log.info(error.message);
      return send(reply, noServer);
    }
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
