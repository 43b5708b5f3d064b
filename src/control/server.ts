import type { Account } from '../accounts/account.ts';
import type { Registry } from '../accounts/registry.ts';
import type { Runner } from '../jobs/runner.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import { createClock } from '../lib/clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { createJournal, type Journal } from './journal.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** What control keeps of an account beside its database: it outlives putting away, not a reset. */
export interface AccountControl {
  journal: Journal;
  faults: Faults;
  rateLimit: RateLimit;
}

/** The parts that the control API acts on. */
export interface Server {
  registry: Registry;
  runner: Runner;
  scheduler: Scheduler;
  /** Faults of every account's calls, on the machine's clock. */
  faults: Faults;
  /** What control keeps of an account. */
  control(account: Account): AccountControl;
  /** Makes an account new: its data, clock, faults, journal, rate limit and pace. */
  reset(account: Account): void;
  /** Settings as they were read, secrets redacted. */
  config: Record<string, unknown>;
  version: string;
}

/** Joins the parts. @param limits how many calls a journal keeps */
export function createServer(
  parts: Pick<Server, 'registry' | 'runner' | 'scheduler' | 'config' | 'version'>,
  limits: { calls: number },
): Server {
  const controls = new WeakMap<Account, AccountControl>();
  return {
    ...parts,
    faults: createFaults({ clock: createClock() }),
    control(account) {
      const known = controls.get(account);
      if (known !== undefined) return known;
      const made = {
        journal: createJournal(limits),
        faults: createFaults(account),
        rateLimit: createRateLimit(account.clock),
      };
      controls.set(account, made);
      return made;
    },
    reset(account) {
      parts.registry.reset(account);
      parts.scheduler.forget(account);
      const control = controls.get(account);
      controls.delete(account);
      control?.journal.close();
    },
  };
}
