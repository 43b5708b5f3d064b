import type { Clock } from '../lib/clock.ts';

/** Wakes whoever waits for a time of one account's clock: jobs, outcomes, deliveries. */
export interface Alarm {
  /**
   * Rings once: when the clock has reached `at`, or was set back behind the moment of this call, so that nobody waits
   * for it to catch up. Who is woken too early sets it again. It never rings within this call.
   * @param at ms since 1970, on the account's clock
   * @param ring must not throw
   * @returns takes it back
   */
  set(at: number, ring: () => void): () => void;
  /** False while somebody waits. */
  readonly isEmpty: boolean;
  /** Takes all back. */
  clear(): void;
}

interface Wait {
  at: number;
  /** The clock when it was set. */
  from: number;
  ring: () => void;
}

/** The longest time that one timer of Node can wait, ms. */
const longestTimer = 2 ** 31 - 1;

/**
 * An alarm that follows a clock: a frozen clock never rings by itself, one that is set or advanced rings what is due,
 * in the order of the times.
 */
export function createAlarm(clock: Clock): Alarm {
  const waits = new Set<Wait>();
  let timer: NodeJS.Timeout | undefined;
  let armedFor = Number.POSITIVE_INFINITY;

  const isDue = ({ at, from }: Wait, now: number) => now >= at || now < from;

  const ringDue = () => {
    const now = clock.now();
    const due = [...waits].filter((wait) => isDue(wait, now)).sort((a, b) => a.at - b.at);
    for (const wait of due) if (waits.delete(wait)) wait.ring();
    arm();
  };

  const arm = () => {
    clearTimeout(timer);
    armedFor = Number.POSITIVE_INFINITY;
    for (const { at } of waits) armedFor = Math.min(armedFor, at);
    const wait = armedFor - clock.now();
    if (waits.size === 0 || (clock.frozen && wait > 0)) return;
    timer = setTimeout(ringDue, Math.min(longestTimer, Math.max(0, wait)));
    timer.unref();
  };

  clock.onChange(ringDue);
  return {
    set(at, ring) {
      const wait = { at, from: clock.now(), ring };
      waits.add(wait);
      if (at < armedFor) arm();
      return () => {
        waits.delete(wait);
      };
    },
    get isEmpty() {
      return waits.size === 0;
    },
    clear() {
      waits.clear();
      clearTimeout(timer);
      armedFor = Number.POSITIVE_INFINITY;
    },
  };
}
