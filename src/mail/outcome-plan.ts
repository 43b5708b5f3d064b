import { stateId } from './message-states.ts';
import type { Plan, Step } from './plan.ts';

/** What a mail can come to, by Mailjet's word for the status. */
export const outcomes = [
  'sent',
  'deferred',
  'softbounced',
  'hardbounced',
  'blocked',
  'spam',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What may follow: opened, clicked, unsubscribed, complained about; a deferred mail may be sent or bounce in the end. */
export const laterSteps = [
  'opened',
  'clicked',
  'unsub',
  'spam',
  'sent',
  'softbounced',
  'hardbounced',
] as const;
export type LaterStep = Step & { status: (typeof laterSteps)[number] };

/** Why, where nobody says it (assumed: the most usual reasons). */
const usualReasons: Partial<Record<Step['status'], string>> = {
  deferred: 'greylisted',
  softbounced: 'quota exceeded',
  hardbounced: 'user unknown',
  blocked: 'preblocked',
};

/** True where no second try helps (assumed). */
export const isFinalReason = (reason: string) =>
  ['user unknown', 'mailbox inactive', 'invalid domain', 'no mail host'].includes(
    reason.toLowerCase(),
  );

/**
 * The steps of a chosen outcome. A complaint is one about a mail that was sent.
 * @param reason as `messagestate` words it; the usual one without
 */
export function planOf(
  outcome: Outcome,
  more: {
    reason?: string | undefined;
    comment?: string | undefined;
    later?: Plan | undefined;
  } = {},
): Plan {
  const later = (more.later ?? []).map((step) => withReason(step, undefined));
  if (outcome === 'spam')
    return [{ status: 'sent' }, withReason({ status: 'spam' }, more.comment), ...later];
  return [withReason({ status: outcome }, more.comment, more.reason), ...later];
}

/** A step with the ID of why: of a reason as `messagestate` words it, else of the usual one. */
export function withReason(
  step: Step,
  comment: string | undefined,
  reason = usualReasons[step.status],
): Step {
  return {
    ...step,
    ...(reason === undefined ? {} : { state: stateId(reason) }),
    ...(comment === undefined ? {} : { comment }),
  };
}
