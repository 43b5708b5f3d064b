import type { Duration } from './clock.ts';
import type { ControlClient } from './control-client.ts';

/** What follows the outcome of a message, each step after the one before. */
export interface OutcomeStep {
  /** Mailjet's word for it; a deferred message may be sent or bounce in the end. */
  status: 'opened' | 'clicked' | 'unsub' | 'spam' | 'sent' | 'softbounced' | 'hardbounced';
  /** On the account's clock; at once without. */
  after?: Duration;
  /** What was clicked. */
  url?: string;
  /** Who opened or clicked, as browsers name themselves. */
  agent?: string;
}

/** Which messages a rule is for, and what becomes of them. Every given condition must match; texts may have `*`. */
export interface OutcomeRule {
  /** The recipient's address, in any case. */
  to?: string;
  subject?: string;
  customId?: string;
  /** Mailjet's word for it. */
  outcome: 'sent' | 'deferred' | 'softbounced' | 'hardbounced' | 'blocked' | 'spam';
  /** One of Mailjet's reasons, e.g. `user unknown`; a wrong one is answered with those there are. */
  reason?: string;
  /** As messagehistory shows it. */
  comment?: string;
  later?: OutcomeStep[];
  /** Only the nth message that matches, counted from 1. */
  nth?: number;
  /** How often the rule applies; without, as long as it lives. */
  count?: number;
  /** On the account's clock; after it the rule is over. */
  ttl?: Duration;
}

/** A rule as the server keeps it; its durations are milliseconds. */
export interface Outcome extends OutcomeRule {
  id: number;
  ttl?: number;
  /** Messages that matched. */
  seen: number;
  /** Messages that it was applied to. */
  hits: number;
  /** False when its count is used up or its time is over; it stays listed, so that `hits` can be read. */
  isActive: boolean;
}

/** Chooses what becomes of messages: the first rule that applies is taken, else they are sent. */
export interface Outcomes {
  /** @throws MockjetError 400 for a rule that makes no sense, with what is wrong */
  add(rule: OutcomeRule): Promise<Outcome>;
  list(): Promise<Outcome[]>;
  /** @throws MockjetError 404 when there is none with this id */
  remove(id: number): Promise<void>;
  clear(): Promise<void>;
}

/** @param control with the account's credentials */
export function createOutcomes({ call }: ControlClient): Outcomes {
  return {
    add: (rule) => call('POST', '/outcomes', { json: rule }),
    list: async () => (await call<{ outcomes: Outcome[] }>('GET', '/outcomes')).outcomes,
    remove: (id) => call('DELETE', `/outcomes/${id}`),
    clear: () => call('DELETE', '/outcomes'),
  };
}
