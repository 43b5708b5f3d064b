import { STATUS_CODES } from 'node:http';
import type { Answer } from '../engine/call.ts';
import type { MailjetError } from '../lib/errors.ts';
import { writeJson } from '../lib/json.ts';
import { newErrorBody } from './new-dialect.ts';
import type { WireAnswer } from './wire-answer.ts';

const headers = (guid: string) => ({
  'Content-Type': 'application/json; charset=UTF-8',
  'X-Mj-Request-Guid': guid,
});

/** An answer of the new back end with a body made already; undefined for none. */
export function newAnswer(status: number, body: string | undefined, guid: string): WireAnswer {
  return { status, phrase: STATUS_CODES[status] ?? '', headers: headers(guid), body };
}

/** An error of the new back end: standard reason phrase, lower-case identifier (recorded for 401 and 404). */
export function newError(status: number, message: string, guid: string): WireAnswer {
  return newAnswer(status, newErrorBody(status, message, guid), guid);
}

/**
 * What was thrown, as an error of the new back end. The engine speaks the old one's words: where those of the new one are
 * known they take their place, and a reason that stands in ErrorInfo is the message (assumed), since it has no such member.
 */
export function newErrorAnswer({ status, message, info }: MailjetError, guid: string): WireAnswer {
  if (status === 404) return newError(status, doesNotExist, guid);
  if (status === 500) return newError(status, unexpectedText, guid);
  return newError(status, typeof info === 'string' && info !== '' ? info : message, guid);
}

/** recorded on /v3.1 for a wrong key; the same is assumed for /v4 and for a missing one */
export const badKey =
  'API key authentication/authorization failure. You may be unauthorized to access the API or your API key may be expired. Visit API keys management section to check your keys.';

/** recorded for a template; assumed for the rest */
export const doesNotExist =
  'The resource with the specified ID you are trying to reach does not exist.';

/** recorded on /v3.1 */
export const unexpectedText =
  'Ouch! Something went wrong on our side and we apologize! Please contact our support team who’ll be able to help you on this';

/** Shapes an answer of a resource: the old one's envelope, compact (recorded for a template's content). */
export function newResourceAnswer(answer: Answer, guid: string): WireAnswer {
  if ('bare' in answer) return newAnswer(answer.status, writeJson(answer.bare), guid);
  if (!('rows' in answer)) return newAnswer(answer.status, undefined, guid);
  const Count = answer.count ?? answer.rows.length;
  const body = writeJson({ Count, Data: answer.rows, Total: answer.total ?? Count });
  return newAnswer(answer.status, answer.isLine ? `${body}\n` : body, guid);
}
