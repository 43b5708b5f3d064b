import type { FastifyRequest } from 'fastify';
import type { Fault } from '../control/faults.ts';
import { MailjetError, objectNotFound, operationNotAllowed, unexpected } from '../lib/errors.ts';
import { identifierOf } from './exchange.ts';
import { badKey, newError } from './new-back-end.ts';
import { oldError, unauthorized } from './old-back-end.ts';
import type { WireAnswer } from './wire-answer.ts';

/** haproxy's stock page (reported, cut off; the rest is assumed); no Retry-After was ever seen. */
export const tooManyRequests = haproxyPage(
  429,
  'Too Many Requests',
  'You have sent too many requests in a given amount of time.',
);

/** haproxy's own page for a back end that takes nothing. */
export const noServer = haproxyPage(
  503,
  'Service Unavailable',
  'No server is available to handle this request.',
);

/** Mailjet errors by the names that a fault may give. */
export const mailjetFaults: Record<string, MailjetError | WireAnswer> = {
  tooManyRequests,
  unauthorized,
  operationNotAllowed: operationNotAllowed(),
  notFound: objectNotFound(),
  unexpected: unexpected(),
  badGateway: haproxyPage(
    502,
    'Bad Gateway',
    'The server returned an invalid or incomplete response.',
  ),
  serviceUnavailable: noServer,
  gatewayTimeout: haproxyPage(504, 'Gateway Time-out', "The server didn't respond in time."),
};

/** The answer that a fault gives instead of Mailjet's, in the dialect of the path; undefined when it gives none. */
export function faultAnswer(fault: Fault, request: FastifyRequest): WireAnswer | undefined {
  const named = fault.error === undefined ? undefined : mailjetFaults[fault.error];
  if (named !== undefined) return shaped(named, request);
  if (fault.status === undefined) return undefined;
  const { status, body, headers = {} } = fault;
  if (body === undefined) return shaped(new MailjetError(status, 'Fault set by a test'), request);
  return {
    status,
    phrase: 'Fault set by a test',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  };
}

function shaped(named: MailjetError | WireAnswer, request: FastifyRequest): WireAnswer {
  const isNew = request.exchange.dialect === 'new';
  const id = identifierOf(request);
  if (named === unauthorized && isNew) return newError(401, badKey, id);
  if (!(named instanceof MailjetError)) return named;
  return isNew ? newError(named.status, named.message, id) : oldError(named, id);
}

function haproxyPage(status: number, title: string, sentence: string): WireAnswer {
  return {
    status,
    phrase: title,
    headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'text/html' },
    body: `<html><body><h1>${status} ${title}</h1>\n${sentence}\n</body></html>\n`,
  };
}
