import type { Account } from '../accounts/account.ts';
import { isLocalHost } from '../lib/local-host.ts';
import type { Delivery, DeliveryKind } from '../outbox/delivery.ts';
import { isHook, noteFailing, noteTaken, suspend } from './hooks.ts';
import type { Poster } from './post.ts';
import { handOver, newestWaiting, webhookKind } from './queue.ts';
import { countBody } from './taken-events.ts';
import { readWebhookTarget, shownUrl } from './target.ts';

/** documented: a try each 30 seconds until 24 hours after the first that failed, unless a new event comes */
const gapMs = 30_000;
const giveUpAfter = 24 * 3_600_000;

/** What must not be posted, now or later. */
class Refused extends Error {}
class TimedOut extends Error {}

/** Posts events to customers' URLs. */
export interface WebhookSender {
  kind: DeliveryKind;
  /** Lets the next posts of an account fail, unless they are refused anyhow. */
  failNext(account: Account, count: number): void;
  /** Runs what tries many times at once: a URL that gave no answer is not asked again meanwhile. */
  hurried<T>(account: Account, work: () => Promise<T>): Promise<T>;
}

/**
 * @param options `timeout` ms of the machine's time that a post may take; `anywhere` to post to any host; `onSuspended` is
 *   told of a URL, without its credentials
 */
export function createWebhookSender(options: {
  poster: Poster;
  timeout: number;
  anywhere: boolean;
  onSuspended: (account: Account, url: string) => void;
}): WebhookSender {
  /** How many posts fail still; a reset ends it, like any fault. */
  const failing = new WeakMap<Account, { epoch: number; left: number }>();
  const silent = new WeakMap<Account, Set<string>>();

  const refuse = (account: Account, { target }: Delivery, host: string) => {
    if (!isHook(account, target)) throw new Refused('The URL is none of eventcallbackurl any more');
    if (!options.anywhere && !isLocalHost(host))
      throw new Refused(
        `Not posted: ${host} may be the real receiver of an application. --webhooks-anywhere lets it be posted to`,
      );
    const made = failing.get(account);
    if (made !== undefined && made.epoch === account.epoch && made.left > 0) {
      made.left -= 1;
      throw new Error('Not posted: it was made to fail');
    }
    if (silent.get(account)?.has(target))
      throw new Error(`Not tried: ${host} gave no answer before, while the clock was moved`);
  };

  /** Posts within the patience. */
  const post = async (delivery: Delivery, closed: AbortSignal) => {
    const target = readWebhookTarget(delivery.target);
    const controller = new AbortController();
    const timer = setTimeout(
      () =>
        controller.abort(
          new TimedOut(`No answer from ${target.url.host} within ${options.timeout} ms`),
        ),
      options.timeout,
    );
    const signal = AbortSignal.any([closed, controller.signal]);
    try {
      await options.poster.post(target, delivery.payload, signal);
    } finally {
      clearTimeout(timer);
    }
  };

  const kind: DeliveryKind = {
    name: webhookKind,
    together: 1,
    inOrder: true,
    atOnce: { ofAccount: 8, ofAll: 32 },
    patience: options.timeout + 1000,
    async try(account, [delivery], signal) {
      if (delivery === undefined) return;
      refuse(account, delivery, readWebhookTarget(delivery.target).host);
      try {
        await post(delivery, signal);
      } catch (error) {
        if (error instanceof TimedOut) silent.get(account)?.add(delivery.target);
        throw error;
      }
      signal.throwIfAborted();
      noteTaken(account, delivery.target);
      countBody(account, delivery.payload);
    },
    gap(delivery, error, account) {
      const { id, target } = delivery;
      if (error instanceof Refused) return undefined;
      const since = noteFailing(account, target);
      const from = Math.max(since, newestWaiting(account, target));
      if (account.clock.now() - from < giveUpAfter) return gapMs;
      suspend(account, target);
      options.onSuspended(account, shownUrl(target));
      return handOver(account, target, id) ? 0 : undefined;
    },
  };
  return {
    kind,
    failNext: (account, left) => void failing.set(account, { epoch: account.epoch, left }),
    async hurried(account, work) {
      silent.set(account, new Set());
      try {
        return await work();
      } finally {
        silent.delete(account);
      }
    },
  };
}
