import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Coverage } from '../../control/coverage.ts';
import { NotBuiltError } from '../../lib/errors.ts';
import { guid, type Random } from '../../lib/random.ts';
import { dialectOf } from '../exchange.ts';
import { badKey, newAnswer, newError, newErrorAnswer } from '../new-back-end.ts';
import { unauthorized } from '../old-back-end.ts';
import { segmentsOf } from '../path.ts';
import { send, type WireAnswer } from '../wire-answer.ts';

/**
 * Answers a call without good Basic credentials, in the dialect of its path. The text messages of /v4/sms* are called
 * with a token instead (documented), which belongs to no account of ours: with one the gap is told.
 */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  around: { random: Random; coverage: Coverage },
): void {
  send(reply, refusal(request, around));
}

function refusal(
  request: FastifyRequest,
  { random, coverage }: { random: Random; coverage: Coverage },
): WireAnswer {
  if (dialectOf(request.raw.url ?? '') !== 'new') return unauthorized;
  const { segments } = segmentsOf(request);
  const hasToken = /^bearer /i.test(request.headers.authorization ?? '');
  // recorded: 14 bytes of JSON for a call without credentials; that they are this text is inferred
  if (isSend31(segments) && request.headers.authorization === undefined)
    return newAnswer(401, '"Unauthorized"', guid(random));
  if (!isSms(segments) || !hasToken) return newError(401, badKey, guid(random));
  const gap = gapOf(request.method, segments);
  request.exchange.gap = gap.feature;
  coverage.add(request.exchange.operation, gap.feature);
  return newErrorAnswer(gap, guid(random));
}

const isSend31 = (segments: readonly string[]) => segments.join('/').toLowerCase() === 'v3.1/send';

/** True for the paths of text messages. */
export function isSms([version = '', name = '']: readonly string[]): boolean {
  return version.toLowerCase() === 'v4' && name.toLowerCase().startsWith('sms');
}

/** The 501 that names what was asked for. */
export function gapOf(method: string, segments: readonly string[]): NotBuiltError {
  return new NotBuiltError(`${method} /${segments.join('/')}`);
}
