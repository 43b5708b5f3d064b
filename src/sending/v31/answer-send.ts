import { type JsonObject, writeJson } from '../../lib/json.ts';
import type { AcceptedRecipient } from '../../mail/accepted.ts';
import type { SendError } from './send-errors.ts';

/** An answer of `/v3.1/send`: its status and the bytes of its body, without a newline behind them (recorded). */
export interface SendAnswer {
  status: number;
  body: string;
}

/** What became of one message: why it was refused, or its CustomID and its recipients in the order To, Cc, Bcc. */
export type SendResult =
  | { errors: SendError[] }
  | { customId: string; recipients: readonly AcceptedRecipient[] };

/**
 * The answer to a call that was read to its messages: 200; 400 where any of them failed (reported for mixed batches);
 * 403 where all of them failed with 403 (reported).
 * @param identify makes the `ErrorIdentifier` of each error, a lower-case v4 UUID
 */
export function answerSend(results: readonly SendResult[], identify: () => string): SendAnswer {
  const failed = results.flatMap((result) => ('errors' in result ? result.errors : []));
  const isForbidden = results.every(
    (result) => 'errors' in result && result.errors.every(({ StatusCode }) => StatusCode === 403),
  );
  const status = failed.length === 0 ? 200 : isForbidden ? 403 : 400;
  const Messages = results.map((result) =>
    'errors' in result ? failure(result.errors, identify) : success(result),
  );
  return { status, body: writeJson({ Messages }) };
}

/** The answer to a call that failed as a whole: a flat body (recorded). */
export function answerCallError(error: SendError, identify: () => string): SendAnswer {
  return { status: error.StatusCode, body: writeJson(identified(error, identify)) };
}

/** The answer to faulty Globals: nothing but them (recorded). */
export function answerGlobalsErrors(
  errors: readonly SendError[],
  identify: () => string,
): SendAnswer {
  return { status: 400, body: writeJson({ Globals: failure(errors, identify) }) };
}

function success({
  customId,
  recipients,
}: {
  customId: string;
  recipients: readonly AcceptedRecipient[];
}) {
  const list = (kind: AcceptedRecipient['kind']) =>
    recipients.filter((recipient) => recipient.kind === kind).map(entry);
  return {
    Status: 'success',
    CustomID: customId,
    To: list('to'),
    Cc: list('cc'),
    Bcc: list('bcc'),
  };
}

function entry({ email, messageId, messageUuid }: AcceptedRecipient): JsonObject {
  // documented for the sandbox, without REST; recorded for the rest
  const path = messageId === 0n ? 'message' : 'REST/message';
  return {
    Email: email,
    MessageUUID: messageUuid,
    MessageID: messageId,
    MessageHref: `https://api.mailjet.com/v3/${path}/${messageId}`,
  };
}

function failure(errors: readonly SendError[], identify: () => string) {
  return { Status: 'error', Errors: errors.map((error) => identified(error, identify)) };
}

function identified(error: SendError, identify: () => string) {
  return { ErrorIdentifier: identify(), ...error };
}
