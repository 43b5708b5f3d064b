import type { Json, JsonObject } from '../../lib/json.ts';
import type { Draft, Warning } from '../../mail/draft.ts';
import { checkProperties } from './check-properties.ts';
import { checkAccount, checkTogether } from './check-together.ts';
import { mergeGlobals } from './merge-globals.ts';
import { mostMessages, mostRecipients } from './properties.ts';
import { type ReadCall, readCall } from './read-call.ts';
import type { ReadMessage } from './read-message.ts';
import type { SendChecks } from './send-checks.ts';
import { type SendError, sendError } from './send-errors.ts';
import { type Decoded, toDraft } from './to-draft.ts';

/** What became of one message of a call: a draft, or why there is none. */
export type SendOutcome = { draft: Draft } | { errors: SendError[] };

/** A call of `/v3.1/send`, read: the messages, an error of the call or errors of Globals (nothing is sent then). */
export type SendReading =
  | { messages: SendOutcome[] }
  | { call: SendError }
  | { globals: SendError[] };

/**
 * Reads and checks the body of `/v3.1/send`. Faults are found in production's order: types of the whole call; counts;
 * Globals; each message after the merge with Globals.
 * @param text the body, decoded as UTF-8
 */
export function readSend(text: string, checks: SendChecks): SendReading {
  const call = readCall(text);
  if ('error' in call) return { call: call.error };
  const wrongCount = checkCounts(call);
  if (wrongCount !== undefined) return { call: wrongCount };
  const { globals } = call;
  const general = globals === undefined ? [] : checkGlobals(globals);
  if (general.length > 0) return { globals: general };
  const merged = call.messages.map((message) =>
    mergeGlobals(globals?.fields, message?.fields ?? {}),
  );
  const decoded: Decoded = new Map();
  return {
    messages: merged.map((message, index) => {
      const read = call.messages[index];
      const errors = checkMessage(message, read, index, call, checks);
      if (errors.length > 0) return { errors };
      return { draft: toDraft(message, call.sandbox, warningsOf(call, read), decoded) };
    }),
  };
}

/** recorded: too many recipients are found before too many messages are; those of Globals count for each message (assumed) */
function checkCounts({ messages, globals }: ReadCall): SendError | undefined {
  const recipients = messages.reduce(
    (sum, message) => sum + recipientsOf(message?.fields),
    messages.length * recipientsOf(globals?.fields),
  );
  if (recipients > mostRecipients)
    return sendError('send-0015', ['To', 'Bcc', 'Cc'], String(mostRecipients));
  if (messages.length === 0) return sendError('mj-0007', ['Messages']);
  if (messages.length > mostMessages)
    return sendError('mj-0008', ['Messages'], String(mostMessages));
  return undefined;
}

function recipientsOf({ To, Cc, Bcc }: JsonObject = {}): number {
  return lengthOf(To) + lengthOf(Cc) + lengthOf(Bcc);
}

const lengthOf = (value: Json) => (Array.isArray(value) ? value.length : 0);

function checkGlobals({ fields, nulls }: ReadMessage): SendError[] {
  if (nulls.length > 0) return nullErrors(nulls);
  return checkProperties(fields, false);
}

/** Nulls are told alone (assumed), and the account is asked only about a message that is right by itself (assumed). */
function checkMessage(
  message: JsonObject,
  read: ReadMessage | undefined,
  index: number,
  { advanced }: ReadCall,
  checks: SendChecks,
): SendError[] {
  if (read === undefined) return nullErrors([`Messages[${index}]`]); // assumed
  if (read.nulls.length > 0) return nullErrors(read.nulls);
  const errors = [...checkProperties(message, true), ...checkTogether(message)];
  return errors.length > 0 ? errors : checkAccount(message, checks, advanced);
}

const nullErrors = (paths: string[]) => paths.map((path) => sendError('send-0018', [path]));

/** What the call and Globals did silently wrong concerns every mail of the call. */
function warningsOf({ warnings, globals }: ReadCall, read: ReadMessage | undefined): Warning[] {
  return [...warnings, ...(globals?.warnings ?? []), ...(read?.warnings ?? [])];
}
