import type { Answer } from '../engine/call.ts';
import { MailjetError, unexpected } from '../lib/errors.ts';
import { writeOld } from '../lib/old-json.ts';
import { oldErrorBody, oldPhrase } from './old-dialect.ts';
import type { WireAnswer } from './wire-answer.ts';

/** Shapes an operation's answer as the old back end does: an envelope, no charset, its own phrases. */
export function oldAnswer(answer: Answer): WireAnswer {
  const headers = { 'Content-Type': 'application/json' };
  const phrase = oldPhrase(answer.status);
  if ('bare' in answer)
    return { status: answer.status, phrase, headers, body: writeOld(answer.bare) };
  if (!('rows' in answer)) return { status: answer.status, phrase, headers, body: undefined };
  const Count = answer.count ?? answer.rows.length;
  const body = writeOld({ Count, Data: answer.rows, Total: answer.total ?? Count });
  return { status: answer.status, phrase, headers, body };
}

/**
 * Shapes an error of the old back end: the message is also the reason phrase.
 * @param identifier for what was not expected, a GUID
 * @param contentType of DATA, which echoes the type of its path (recorded)
 */
export function oldError(
  error: MailjetError,
  identifier: string,
  contentType = 'application/json',
): WireAnswer {
  const body = oldErrorBody(error, identifier);
  const isModuleError = error.info === 'EFPWebError';
  return {
    status: error.status,
    phrase: isModuleError ? 'Internal error' : error.message, // recorded
    headers: { 'Content-Type': contentType },
    body: isModuleError ? `${body}\n` : body, // recorded: 138 bytes
  };
}

/** What is thrown, as Mailjet's error: anything but one of its own is unexpected. */
export function asMailjetError(error: unknown): MailjetError {
  return error instanceof MailjetError ? error : unexpected();
}

/** Without good credentials (recorded): empty, chunked, as HTML. */
export const unauthorized: WireAnswer = {
  status: 401,
  phrase: 'Unauthorized',
  headers: {
    'Content-Type': 'text/html',
    'Transfer-Encoding': 'chunked',
    'WWW-Authenticate': 'Basic realm="Provide an apiKey and secretKey"',
  },
  body: '',
};
