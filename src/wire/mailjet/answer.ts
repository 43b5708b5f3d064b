import type { FastifyReply, FastifyRequest } from 'fastify';
import { type MailjetError, NotBuiltError, TooLargeError } from '../../lib/errors.ts';
import { type Asked, accountOf, identifierOf } from '../exchange.ts';
import { newErrorAnswer } from '../new-back-end.ts';
import { asMailjetError, oldError } from '../old-back-end.ts';
import { nginxTooLarge, send, type WireAnswer } from '../wire-answer.ts';
import type { MailjetCall, MailjetParts, MailjetRoute } from './route.ts';

/**
 * Carries out what a request asks for and sends what comes of it: the one place that catches, shapes, logs, and takes
 * note of what Mockjet lacks.
 */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: MailjetParts,
  asked: Asked,
  work: (call: MailjetCall) => WireAnswer | Promise<WireAnswer>,
  shapeError?: MailjetRoute['shapeError'],
): void | Promise<void> {
  const account = accountOf(request);
  const { exchange } = request;
  exchange.operation = asked.operation;
  exchange.dialect = asked.dialect;
  const call: MailjetCall = {
    account,
    params: request.params as Record<string, string>, // Fastify's own shape
    request,
    parts,
  };
  const finish = (written: WireAnswer) => send(reply, written, account.clock.now());
  const fail = (error: unknown) => {
    // a client that left amid its body, or was cut off, is no news, and reads no answer
    if (request.raw.readableAborted || request.raw.socket.destroyed) return void reply.hijack();
    if (error instanceof TooLargeError) {
      request.log.info(error.message);
      return finish(request.routeOptions.config.tooLarge ?? nginxTooLarge);
    }
    const shaped = asMailjetError(error);
    if (shaped instanceof NotBuiltError) exchange.gap = shaped.feature;
    if (shaped !== error) request.log.error({ err: error }, 'unexpected failure');
    finish(shapeError?.(shaped, call) ?? inDialect(shaped, request));
  };
  try {
    const made = work(call);
    if (made instanceof Promise) return made.then(finish).catch(fail);
    finish(made);
  } catch (error) {
    fail(error);
  }
}

function inDialect(error: MailjetError, request: FastifyRequest): WireAnswer {
  const identifier = identifierOf(request);
  return request.exchange.dialect === 'new'
    ? newErrorAnswer(error, identifier)
    : oldError(error, identifier);
}
