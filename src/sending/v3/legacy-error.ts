import type { Evidence } from '../../lib/evidence.ts';

/** What `/v3/send` answers when something is wrong: an empty body, and the message as the reason phrase. */
export class LegacyError extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** The reasons for a refusal, with placeholders in brackets. */
export const legacyErrors = {
  noSender: [400, 'At least FromEmail or Sender must be provided', 'recorded'],
  noRecipient: [400, 'At least 1 "to" value required', 'reported'],
  noRecipients: [400, 'Missing "To" or "Recipients" property', 'documented'],
  tooManyRecipients: [400, 'Too many recipients in [property]', 'documented'],
  tooManyMessages: [400, 'Too many messages', 'assumed'],
  headersNotObject: [400, '"Headers" is not JSON object type', 'documented'],
  headerNotText: [400, 'Header [name] is not string type', 'documented'],
  invalidCharacters: [400, 'Invalid characters detected', 'documented'],
  // the words of the headers' error
  varsNotObject: [400, '"Vars" is not JSON object type', 'assumed'],
  // the words of the same back end for contacts
  invalidAddress: [400, 'Invalid email address "[email]", reason: "[reason]"', 'assumed'],
  // reported for the resources of the same back end
  invalidJson: [400, 'Invalid json input: [what]', 'assumed'],
  nullValue: [500, 'Cannot convert data from Null value', 'recorded'],
  // documented without its cause; assumed for what cannot be decoded
  badStream: [500, 'Invalid stream operation', 'documented'],
} as const satisfies Record<string, readonly [400 | 500, string, Evidence]>;

/** An error by its name. @param values what stands for the placeholders, in their order */
export function legacyError(name: keyof typeof legacyErrors, ...values: string[]): LegacyError {
  const [status, text] = legacyErrors[name];
  let used = 0;
  return new LegacyError(
    status,
    text.replace(/\[\w+\]/g, (placeholder) => values[used++] ?? placeholder),
  );
}
