import type { Account } from '../accounts/account.ts';
import { patience } from '../lib/stopwatch.ts';
import { countEvents } from '../webhooks/deliveries.ts';

/** A wait looks again this long after something was stored, ms: what comes in between is seen by the same look. */
const lookAfter = 20;

/**
 * Waits until so many events have been posted and taken.
 * @param event as webhooks name it; any without
 * @param ms of the machine's time
 * @returns whether they were, and at once when the account is closed or made new
 */
export async function waitForEvents(
  account: Account,
  event: string | undefined,
  count: number,
  ms: number,
): Promise<boolean> {
  const { epoch } = account;
  const isThere = () => account.isOpen && account.epoch === epoch;
  const isEnough = () => isThere() && countEvents(account, event) >= count;
  if (isEnough()) return true;
  let isOver = false;
  let tell: () => void = () => undefined;
  const stop = account.onCommit(() => tell());
  const end = patience(ms).then(() => {
    isOver = true;
  });
  try {
    while (!isOver && isThere()) {
      await Promise.race([
        end,
        new Promise<void>((resolve) => {
          tell = resolve;
        }),
      ]);
      await Promise.race([end, patience(lookAfter)]);
      if (isEnough()) return true;
    }
    return false;
  } finally {
    stop();
  }
}
