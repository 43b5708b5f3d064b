import type { Account } from '../accounts/account.ts';
import { patience, timeBudget } from '../lib/stopwatch.ts';
import type { Steering } from './steering.ts';

/** How long a clock that is moved waits for what is delivered meanwhile, ms of the machine's time. */
const longest = 25_000;

/**
 * Moves an account's clock on, from one delivery that falls due to the next, each tried before the clock goes on: an hour
 * holds 120 tries of one that fails. Where they take too long, the clock comes to its end all the same.
 * @param by ms, also back
 */
export async function advance(
  account: Account,
  { outbox, webhooks }: Pick<Steering, 'outbox' | 'webhooks'>,
  by: number,
): Promise<void> {
  const { clock, epoch } = account;
  const isThere = () => account.isOpen && account.epoch === epoch;
  if (by < 0) return clock.advance(by);
  const hasTime = timeBudget(longest);
  const end = patience(longest);
  let left = by;
  await webhooks.hurried(account, async () => {
    await Promise.race([outbox.quiet(account), end]);
    while (isThere() && hasTime()) {
      const wait = (outbox.next(account) ?? Number.POSITIVE_INFINITY) - clock.now();
      if (wait > left) break;
      const step = Math.max(1, wait);
      clock.advance(Math.min(step, left));
      left -= step;
      await Promise.race([outbox.quiet(account), end]);
    }
    if (left > 0 && isThere()) clock.advance(left);
    if (isThere()) await Promise.race([outbox.quiet(account), end]);
  });
}
