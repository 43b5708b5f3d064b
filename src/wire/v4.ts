import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anonymizeContact } from '../contacts/anonymize.ts';
import type { Evidence } from '../engine/resource.ts';
import { readLookupId } from '../lib/int64.ts';
import { guid } from '../lib/random.ts';
import { accountOf } from './authenticate.ts';
import { doesNotExist, newAnswer, newError, unexpectedText } from './new-back-end.ts';
import { allMethods, segmentsOf } from './path.ts';
import { nginxNotFound, send } from './wire-answer.ts';

/** How well the one operation of /v4 is known. */
export const v4Evidence: Record<string, Evidence> = { 'contacts delete': 'recorded' };

/** `/v4/contacts/{id}`; the rest of /v4, /v3.1 and /v1 is not built. */
export function v4Routes(scope: FastifyInstance): void {
  for (const family of ['/v4', '/v3.1', '/v1']) {
    scope.route({ method: allMethods, url: `${family}/*`, handler: answerNew });
  }
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
    if (version === 'v4' && !name.startsWith('sms')) return newError(404, doesNotExist, id);
    request.operation = 'not built';
    request.gap = `${request.method} /${segments.slice(0, 3).join('/')}`;
    return newError(
      501,
      `Mockjet does not implement ${request.method} /${segments.join('/')} yet`,
      id,
    );
  };
  try {
    send(reply, answer(), account.clock.now());
  } catch (error) {
    request.log.error({ err: error }, 'unexpected failure');
    send(reply, newError(500, unexpectedText, id), account.clock.now());
  }
}
