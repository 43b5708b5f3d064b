import type { Account } from '../accounts/account.ts';
import { compileGlob } from '../lib/glob.ts';
import { ControlError } from './control-error.ts';

/** What happens to a call instead of, or beside, its answer. */
interface FaultAction {
  /** A Mailjet error by its name; see `mailjetFaults`. */
  error?: string | undefined;
  status?: number | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
  /** Milliseconds of the machine's time before anything else. */
  delay?: number | undefined;
  /** Cuts the connection: before the call is carried out, in the middle of its answer, or after it. */
  cut?: 'before' | 'during' | 'after' | undefined;
  /** Spoils the body of the real answer. */
  malformed?: 'truncated' | 'not-json' | undefined;
}

/** Which calls a rule is for; every given part must match. */
interface FaultMatch {
  method?: string | undefined;
  /** A path with `*` for any text, in any case. */
  path?: string | undefined;
  /** As in the journal, e.g. `contact create`. */
  operation?: string | undefined;
  /** Only the nth call that matches, counted from 1. */
  nth?: number | undefined;
}

interface FaultRule extends FaultMatch, FaultAction {
  /** How often the rule applies; without, as long as it lives. */
  count?: number | undefined;
  /** Milliseconds on the account's clock after which it is gone. */
  ttl?: number | undefined;
}

export interface Fault extends FaultRule {
  id: number;
  /** Calls that matched. */
  seen: number;
  /** Calls that it was applied to. */
  hits: number;
  /** False when its count is used up or its time is over: it stays listed, so that `hits` can be read. */
  isActive: boolean;
}

export interface Faults {
  add(rule: FaultRule): Fault;
  list(): Fault[];
  remove(id: number): boolean;
  clear(): void;
  readonly isEmpty: boolean;
  /** The first rule that applies to a call, counted. */
  take(call: { method: string; path: string; operation: string }): Fault | undefined;
}

/** What is looked at of a path: every path of Mailjet's is shorter, and a call may meet many rules. */
const longestPath = 4096;

/** Rules beyond this are a mistake of a test; the oldest that is spent makes room. */
const mostRules = 1000;

type Kept = FaultRule &
  Pick<Fault, 'id' | 'seen' | 'hits'> & {
    until: number;
    pattern: ((path: string) => boolean) | undefined;
  };

/** The faults of an account, or of the whole server. */
export function createFaults({ clock }: Pick<Account, 'clock'>): Faults {
  let faults: Kept[] = [];
  let next = 1;
  const isActive = ({ until, hits, count, nth }: Kept, now: number) =>
    now < until && hits < (count ?? (nth === undefined ? Infinity : 1));
  const shown = (kept: Kept): Fault => {
    const { until: _until, pattern: _pattern, ...fault } = kept;
    return { ...fault, isActive: isActive(kept, clock.now()) };
  };
  return {
    add(rule) {
      const now = clock.now();
      if (faults.length >= mostRules) faults = faults.filter((fault) => isActive(fault, now));
      if (faults.length >= mostRules)
        throw new ControlError(409, `There are ${mostRules} rules already: remove some`);
      const made = {
        ...rule,
        id: next,
        seen: 0,
        hits: 0,
        until: rule.ttl === undefined ? Infinity : now + rule.ttl,
        pattern: rule.path === undefined ? undefined : compileGlob(rule.path),
      };
      next += 1;
      faults.push(made);
      return shown(made);
    },
    list: () => faults.map(shown),
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    get isEmpty() {
      return faults.length === 0;
    },
    take({ method, path, operation }) {
      if (faults.length === 0) return undefined;
      const now = clock.now();
      const call = { method, path: path.slice(0, longestPath), operation };
      for (const fault of faults) {
        if (!isActive(fault, now) || !isMeant(fault, call)) continue;
        fault.seen += 1;
        if (fault.nth !== undefined && fault.nth !== fault.seen) continue;
        fault.hits += 1;
        return shown(fault);
      }
      return undefined;
    },
  };
}

function isMeant(
  fault: Kept,
  { method, path, operation }: { method: string; path: string; operation: string },
): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === method) &&
    (fault.pattern === undefined || fault.pattern(path)) &&
    (fault.operation === undefined || fault.operation.toLowerCase() === operation)
  );
}
