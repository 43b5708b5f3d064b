import type { Account } from '../accounts/account.ts';
import { addRule, listRules, mostOutcomeRules } from '../mail/outcome-rules.ts';
import { ControlError } from './control-error.ts';
import type { SeedDocument } from './seed-document.ts';

/** Adds rules that choose what becomes of messages. Runs inside a transaction. @throws ControlError 409 above a number of them */
export function addOutcomes(account: Account, { outcomes }: SeedDocument): void {
  if (outcomes.length === 0) return;
  const there = listRules(account).length;
  if (there + outcomes.length > mostOutcomeRules)
    throw new ControlError(
      409,
      `outcomes: with the ${there} rules that are there already these are more than ${mostOutcomeRules}`,
    );
  for (const rule of outcomes) addRule(account, rule);
}
