import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anonymizeContact } from '../contacts/anonymize.ts';
import type { Coverage } from '../control/coverage.ts';
import type { Evidence } from '../engine/resource.ts';
import { readLookupId } from '../lib/int64.ts';
import { guid, type Random } from '../lib/random.ts';
import { accountOf } from './authenticate.ts';
import { badKey, doesNotExist, newAnswer, newError, unexpectedText } from './new-back-end.ts';
import { allMethods, segmentsOf } from './path.ts';
import { nginxNotFound, send, type WireAnswer } from './wire-answer.ts';

/** How well the one operation of /v4 is known. */
export const v4Evidence: Record<string, Evidence> = { 'contacts delete': 'recorded' };

/** `/v4/contacts/{id}`; the rest of /v4, /v3.1 and /v1 is not built. */
export function v4Routes(scope: FastifyInstance): void {
  for (const family of ['/v4', '/v3.1', '/v1']) {
    scope.route({ method: allMethods, url: `${family}/*`, handler: answerNew });
  }
}

/**
 * Answers a call without good Basic credentials. The text messages of /v4/sms* are called with a token instead
 * (documented), which belongs to no account of ours: with one the gap is told, as with an account's key pair.
 */
export function refuseNew(
  request: FastifyRequest,
  reply: FastifyReply,
  { random, coverage }: { random: Random; coverage: Coverage },
): void {
  const { segments } = segmentsOf(request);
  const [version = '', name = ''] = segments.map((segment) => segment.toLowerCase());
  const hasToken = /^bearer /i.test(request.headers.authorization ?? '');
  const id = guid(random);
  if (version !== 'v4' || !isSms(name) || !hasToken) {
    send(reply, newError(401, badKey, id));
    return;
  }
  const answer = notBuilt(request, segments, id);
  coverage.add(request.operation, request.gap);
  send(reply, answer);
}

const isSms = (name: string) => name.startsWith('sms');

/** The 501 that names what was asked for. */
function notBuilt(request: FastifyRequest, segments: readonly string[], id: string): WireAnswer {
  request.operation = 'not built';
  request.gap = `${request.method} /${segments.slice(0, 3).join('/')}`;
  const asked = `${request.method} /${segments.join('/')}`;
  return newError(501, `Mockjet does not implement ${asked} yet`, id);
}

function answerNew(request: FastifyRequest, reply: FastifyReply): void {
  const account = accountOf(request);
  const { segments } = segmentsOf(request);
  const [version = '', name = '', key = ''] = segments.map((segment) => segment.toLowerCase());
  const id = guid(account.random);
  const answer = () => {
    if (version === 'v4' && name === 'contacts' && segments.length === 3) {
      if (request.method !== 'DELETE') return newError(405, 'Method Not Allowed', id); // assumed
      request.operation = 'contacts delete';
      const contact = readLookupId(key);
      if (contact === undefined) return newError(400, 'Invalid contact ID', id); // assumed
      anonymizeContact(account, contact);
      return newAnswer(200, '', id); // recorded, for an ID that is not there too
    }
    // recorded: the page of nginx
    if (version === 'v3.1' && name === 'rest') return nginxNotFound;
    // reported: /v4/contact and /v4/REST/contact
    if (version === 'v4' && !isSms(name)) return newError(404, doesNotExist, id);
    return notBuilt(request, segments, id);
  };
  try {
    send(reply, answer(), account.clock.now());
  } catch (error) {
    request.log.error({ err: error }, 'unexpected failure');
    send(reply, newError(500, unexpectedText, id), account.clock.now());
  }
}
