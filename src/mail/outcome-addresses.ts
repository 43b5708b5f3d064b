import { messageStates } from './message-states.ts';
import { isFinalReason, planOf } from './outcome-plan.ts';
import type { Plan } from './plan.ts';

/** The domain whose addresses say what becomes of a mail to them. */
export const outcomeDomain = 'mockjet.test';

interface OutcomeAddress {
  /** What stands before the `@`, or before a `+` in it. */
  name: string;
  /** One sentence for the docs. */
  description: string;
  plan: Plan;
}

const browser = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';

const plain: OutcomeAddress[] = [
  { name: 'sent', description: 'Is sent.', plan: planOf('sent') },
  { name: 'deferred', description: 'Stays deferred: greylisted.', plan: planOf('deferred') },
  {
    name: 'softbounce',
    description: 'Bounces for now: quota exceeded.',
    plan: planOf('softbounced'),
  },
  {
    name: 'hardbounce',
    description: 'Bounces for good: user unknown.',
    plan: planOf('hardbounced'),
  },
  { name: 'blocked', description: 'Is blocked: preblocked.', plan: planOf('blocked') },
  { name: 'spam', description: 'Is sent, and complained about.', plan: planOf('spam') },
  {
    name: 'open',
    description: 'Is sent and opened.',
    plan: planOf('sent', { later: [{ status: 'opened', agent: browser }] }),
  },
  {
    name: 'click',
    description: 'Is sent, opened and clicked.',
    plan: planOf('sent', {
      later: [
        { status: 'opened', agent: browser },
        { status: 'clicked', agent: browser },
      ],
    }),
  },
  {
    name: 'unsub',
    description: 'Is sent, opened, and the recipient unsubscribes.',
    plan: planOf('sent', {
      later: [
        { status: 'opened', agent: browser },
        { status: 'unsub', agent: browser },
      ],
    }),
  },
];

/** One for each reason: blocked by Mailjet itself from the 14th on, bounced before that, for good where no retry helps. */
const reasons = messageStates.map((reason, index): OutcomeAddress => {
  const outcome = index >= 13 ? 'blocked' : isFinalReason(reason) ? 'hardbounced' : 'softbounced';
  const what = {
    blocked: 'Is blocked',
    hardbounced: 'Bounces for good',
    softbounced: 'Bounces for now',
  };
  return {
    name: reason.replace(/[ /]/g, '-'),
    description: `${what[outcome]}: ${reason}.`,
    plan: planOf(outcome, { reason }),
  };
});

/** Every address that needs no rule; docs/control.md has a table of them. */
export const outcomeAddresses: readonly OutcomeAddress[] = [...plain, ...reasons];

const byName = new Map(outcomeAddresses.map(({ name, plan }) => [name, plan]));

/** What the address itself says becomes of a mail to it: `hardbounce@mockjet.test`, `spam+anything@mockjet.test`. */
export function planOfAddress(email: string): Plan | undefined {
  const at = email.lastIndexOf('@');
  if (email.slice(at + 1).toLowerCase() !== outcomeDomain) return undefined;
  const [name = ''] = email.slice(0, at).toLowerCase().split('+', 1);
  return byName.get(name);
}
