import type { AcceptedRecipient } from '../../src/mail/accepted.ts';
import type { Draft } from '../../src/mail/draft.ts';
import {
  answerCallError,
  answerGlobalsErrors,
  answerSend,
  type SendAnswer,
} from '../../src/sending/v31/answer-send.ts';
import { readSend } from '../../src/sending/v31/read-send.ts';
import type { SendChecks } from '../../src/sending/v31/send-checks.ts';

/** An account that lets everything through. */
export const anyAccount: SendChecks = {
  isSender: () => true,
  maySetSender: () => true,
  template: () => undefined,
  isMonitoringCategory: () => true,
};

export const pilot = { Email: 'pilot@example.com', Name: 'Mailjet Pilot' };
export const passenger = { Email: 'passenger@example.com' };

/** A message that is fine, with what is given in its place or beside it. */
export const message = (more: object = {}) => ({
  From: pilot,
  To: [passenger],
  Subject: 'Your email flight plan!',
  TextPart: 'May the delivery force be with you!',
  ...more,
});

export const send = (...messages: object[]) => ({ Messages: messages });

export const firstId = 1152921509561837015n;

/** Recipients of drafts as an account would number them: IDs rise by one through To, Cc and Bcc. */
export function numbered(drafts: readonly Draft[]): AcceptedRecipient[][] {
  let next = 0n;
  return drafts.map((draft) =>
    (['to', 'cc', 'bcc'] as const).flatMap((kind) =>
      draft[kind].map(({ email }) => {
        next += 1n;
        if (draft.sandbox) return { email, kind, messageId: 0n, messageUuid: '' };
        return { email, kind, messageId: firstId + next - 1n, messageUuid: `uuid-${next}` };
      }),
    ),
  );
}

/** What `/v3.1/send` answers to a body, and the drafts that it takes. Errors are identified by `error-1`, `error-2` ... */
export function sendV31(
  body: unknown,
  checks: Partial<SendChecks> = {},
): SendAnswer & { drafts: Draft[] } {
  let identified = 0;
  const identify = () => {
    identified += 1;
    return `error-${identified}`;
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const reading = readSend(text, { ...anyAccount, ...checks });
  if ('call' in reading) return { ...answerCallError(reading.call, identify), drafts: [] };
  if ('globals' in reading)
    return { ...answerGlobalsErrors(reading.globals, identify), drafts: [] };
  const drafts = reading.messages.flatMap((outcome) => ('draft' in outcome ? [outcome.draft] : []));
  const accepted = numbered(drafts);
  const results = reading.messages.map((outcome) =>
    'errors' in outcome
      ? outcome
      : {
          customId: outcome.draft.customId,
          recipients: accepted[drafts.indexOf(outcome.draft)] ?? [],
        },
  );
  return { ...answerSend(results, identify), drafts };
}
