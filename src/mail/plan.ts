/** What a message can come to, by Mailjet's word for its Status. */
export type StepStatus =
  | 'sent'
  | 'deferred'
  | 'softbounced'
  | 'hardbounced'
  | 'blocked'
  | 'spam'
  | 'opened'
  | 'clicked'
  | 'unsub';

/**
 * One step of a message's life.
 * @property after ms on the account's clock since the step before; the first one waits as long as the pace says
 * @property state ID of the reason in `messagestate`
 * @property comment as messagehistory shows it
 * @property url what was clicked; the mail's first link without
 * @property agent who opened, clicked or unsubscribed, as browsers name themselves
 * @property ip from where; an address of those kept for examples without
 * @property geo country of it, two letters
 * @property source who passed a complaint on
 * @property list ID of the list that was unsubscribed from; that of the campaign without
 */
export interface Step {
  status: StepStatus;
  after?: number;
  state?: number;
  comment?: string;
  url?: string;
  agent?: string;
  ip?: string;
  geo?: string;
  source?: string;
  list?: number;
}

/** The steps that a message has still to take. */
export type Plan = Step[];

const sent: Plan = [{ status: 'sent' }];

/** A plan as its column: '' for what nearly every message has, to be sent and nothing more. */
export function writePlan(plan: Plan | undefined): string {
  return plan === undefined ? '' : JSON.stringify(plan);
}

/** The plan of a column that `writePlan` wrote. */
export function readPlan(text: string): Plan {
  return text === '' ? sent : (JSON.parse(text) as Plan); // only writePlan writes it
}
