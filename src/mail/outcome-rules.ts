import type { Account } from '../accounts/account.ts';
import { compileGlob } from '../lib/glob.ts';
import type { Draft, Mailbox } from './draft.ts';
import { planOfAddress } from './outcome-addresses.ts';
import { type LaterStep, type Outcome, planOf } from './outcome-plan.ts';
import type { Plan } from './plan.ts';

/**
 * Which messages a rule meets, and what becomes of them. Every given condition must hold; texts may have `*`.
 * @property to the recipient's address
 * @property reason as `messagestate` words it
 * @property later what follows, each `after` ms on the account's clock
 * @property nth only the nth message that fits; `count` how often it applies; `ttl` ms on the account's clock
 */
export interface OutcomeRule {
  to?: string | undefined;
  subject?: string | undefined;
  customId?: string | undefined;
  outcome: Outcome;
  reason?: string | undefined;
  comment?: string | undefined;
  later?: LaterStep[] | undefined;
  nth?: number | undefined;
  count?: number | undefined;
  ttl?: number | undefined;
}

/** A rule as it stands: `seen` messages fitted, it was applied to `hits`. */
export interface KeptRule extends OutcomeRule {
  id: number;
  seen: number;
  hits: number;
  isActive: boolean;
}

/** Rules beyond this are a mistake of a test. */
export const mostOutcomeRules = 1000;

interface RuleRow {
  ID: bigint;
  rule: string;
  until: bigint | null;
  seen: bigint;
  hits: bigint;
}

/** The rules of an account, oldest first: the first one that fits is taken. */
export function listRules(account: Account): KeptRule[] {
  const now = account.clock.now();
  return rowsOf(account).map((row) => shown(row, now));
}

/** Adds a rule behind the others. Runs in a transaction of its own. */
export function addRule(account: Account, rule: OutcomeRule): KeptRule {
  const now = account.clock.now();
  const until = rule.ttl === undefined ? null : now + rule.ttl;
  return account.write(() => {
    const row = account
      .sql('INSERT INTO outcome (rule, until) VALUES (?, ?) RETURNING *')
      .get(JSON.stringify(rule), until) as RuleRow; // the row that was made
    return shown(row, now);
  });
}

/** Removes a rule, or all; tells how many there were. */
export function removeRules(account: Account, id?: bigint): number {
  return account.write(() => {
    const statement =
      id === undefined
        ? account.sql('DELETE FROM outcome')
        : account.sql('DELETE FROM outcome WHERE ID = ?');
    return (id === undefined ? statement.run() : statement.run(id)).changes;
  });
}

/**
 * What chooses the outcomes of a call's messages: the first rule that fits, else the address itself. What it counts is
 * stored with the messages, so it is asked inside their transaction.
 */
export function outcomeChooser(
  account: Account,
): (recipient: Mailbox, draft: Draft) => Plan | undefined {
  const rows = rowsOf(account);
  if (rows.length === 0) return ({ email }) => planOfAddress(email);
  const now = account.clock.now();
  const rules = rows.map((row) => ({ ...shown(row, now), fits: compiled(row.rule) }));
  return (recipient, draft) => {
    for (const rule of rules) {
      if (!isActive(rule, rule.isActive) || !rule.fits(recipient, draft)) continue;
      rule.seen += 1;
      const applies = rule.nth === undefined || rule.nth === rule.seen;
      if (applies) rule.hits += 1;
      account
        .sql('UPDATE outcome SET seen = ?, hits = ? WHERE ID = ?')
        .run(rule.seen, rule.hits, rule.id);
      if (applies) return planOf(rule.outcome, rule);
    }
    return planOfAddress(recipient.email);
  };
}

function rowsOf(account: Account): RuleRow[] {
  return account.sql('SELECT * FROM outcome ORDER BY ID').all() as RuleRow[]; // all its columns
}

function shown({ ID, rule, until, seen, hits }: RuleRow, now: number): KeptRule {
  const given = JSON.parse(rule) as OutcomeRule; // addRule writes it
  const counted = { ...given, id: Number(ID), seen: Number(seen), hits: Number(hits) };
  return { ...counted, isActive: isActive(counted, until === null || now < until) };
}

const isActive = (
  { hits, count, nth }: Pick<KeptRule, 'hits' | 'count' | 'nth'>,
  isInTime: boolean,
) => isInTime && hits < (count ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1));

type Fits = (recipient: Mailbox, draft: Draft) => boolean;
const known = new Map<string, Fits>();

/** Patterns are compiled once for as long as rules are few. */
function compiled(rule: string): Fits {
  const found = known.get(rule);
  if (found !== undefined) return found;
  const { to = '*', subject = '*', customId = '*' } = JSON.parse(rule) as OutcomeRule; // addRule writes it
  const [isTo, isSubject, isCustomId] = [
    compileGlob(to),
    compileGlob(subject),
    compileGlob(customId),
  ];
  const fits: Fits = ({ email }, draft) =>
    isTo(email) && isSubject(draft.subject) && isCustomId(draft.customId);
  if (known.size >= mostOutcomeRules) known.clear();
  known.set(rule, fits);
  return fits;
}
