import type { Account } from '../accounts/account.ts';
import type { Registry } from '../accounts/registry.ts';
import type { SnapshotStore } from '../accounts/snapshots.ts';
import type { Runner } from '../jobs/runner.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import { createClock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Mailroom } from '../mail/mailroom.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { WebhookSender } from '../webhooks/webhook-kind.ts';
import { type Coverage, createCoverage } from './coverage.ts';
import { createEventWaits, type EventWaits } from './event-waits.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHolds, type Holds } from './holds.ts';
import { createJournal, type Journal } from './journal.ts';
import { createMailWaits, type MailWaits } from './mail-waits.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createSearches, type RunSearch } from './segments.ts';

/** What control keeps of an account beside its database: it outlives putting away, not a reset. */
interface AccountControl {
  journal: Journal;
  mailWaits: MailWaits;
  eventWaits: EventWaits;
  faults: Faults;
  rateLimit: RateLimit;
  coverage: Coverage;
}

interface Parts {
  registry: Registry;
  runner: Runner;
  scheduler: Scheduler;
  mailroom: Mailroom;
  outbox: Outbox;
  webhooks: WebhookSender;
  snapshots: SnapshotStore;
  /** Where keys come from that nobody gave. */
  random: Random;
  /** The key of the configured account, which can't be removed. */
  configuredKey: string | undefined;
  /** Settings as they were read, secrets redacted. */
  config: Record<string, unknown>;
  /** The certificate of the CA that clients must trust. */
  caPem: () => Promise<string>;
}

/** What the control API steers: the parts of the server, and what is kept for control alone. */
export interface Steering extends Parts {
  /** Faults of every account's calls, on the machine's clock. */
  faults: Faults;
  /** Calls of all accounts. */
  coverage: Coverage;
  /** Calls of all accounts that a fault's delay holds. */
  holds: Holds;
  /** Runs a search for the contacts of a segment. */
  search: RunSearch;
  /** What control keeps of an account. */
  control(account: Account): AccountControl;
  /** Makes an account new: its data, clock, faults, journal, rate limit, coverage and pace. */
  reset(account: Account): void;
  /** Ends all waiting for calls, mails and events, so that the server can close. */
  close(): void;
  /** Makes every account new, and forgets the server's faults. */
  resetAll(): void;
  /** Removes an account with all that is kept of it. */
  remove(account: Account): void;
}

/** Joins the parts. @param limits how many calls a journal keeps, and how many characters */
export function createSteering(parts: Parts, limits: { calls: number; size: number }): Steering {
  const controls = new WeakMap<Account, AccountControl>();
  const faults = createFaults({ clock: createClock() });
  const endWaits = (account: Account) => {
    const control = controls.get(account);
    control?.journal.close();
    control?.mailWaits.close();
    control?.eventWaits.close();
  };
  const forget = (account: Account) => {
    parts.scheduler.forget(account);
    endWaits(account);
    controls.delete(account);
  };
  const steering: Steering = {
    ...parts,
    faults,
    coverage: createCoverage(),
    holds: createHolds(),
    search: createSearches(),
    control(account) {
      const known = controls.get(account);
      if (known !== undefined) return known;
      const made = {
        journal: createJournal(limits),
        mailWaits: createMailWaits(account),
        eventWaits: createEventWaits(account),
        faults: createFaults(account),
        rateLimit: createRateLimit(account.clock),
        coverage: createCoverage(),
      };
      controls.set(account, made);
      return made;
    },
    close() {
      steering.holds.cut();
      for (const account of parts.registry.accounts()) endWaits(account);
    },
    reset(account) {
      // first: a plan or a pace of before must not touch the jobs of after
      forget(account);
      parts.registry.reset(account);
    },
    resetAll() {
      faults.clear();
      for (const account of parts.registry.accounts()) steering.reset(account);
    },
    remove(account) {
      steering.holds.cut(account);
      forget(account);
      parts.registry.remove(account);
      parts.snapshots.removeAll(account.apiKey);
    },
  };
  return steering;
}
