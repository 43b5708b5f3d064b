import type { Clock } from '../lib/clock.ts';

/** A token bucket on an account's clock; off until it is set. */
export interface RateLimit {
  /** False when the bucket is empty. */
  take(): boolean;
  set(limit: { capacity: number; perSecond: number } | undefined): void;
  read(): { capacity: number; perSecond: number; left: number } | undefined;
}

export function createRateLimit(clock: Clock): RateLimit {
  let limit: { capacity: number; perSecond: number } | undefined;
  let left = 0;
  let filledAt = 0;
  const fill = () => {
    if (limit === undefined) return;
    const now = clock.now();
    // a clock that was set back fills nothing
    left = Math.min(limit.capacity, left + (Math.max(0, now - filledAt) / 1000) * limit.perSecond);
    filledAt = now;
  };
  return {
    take() {
      if (limit === undefined) return true;
      fill();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    set(wanted) {
      limit = wanted;
      left = wanted?.capacity ?? 0;
      filledAt = clock.now();
    },
    read() {
      fill();
      return limit === undefined ? undefined : { ...limit, left: Math.floor(left) };
    },
  };
}
