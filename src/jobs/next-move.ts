import type { Clock } from '../lib/clock.ts';
import type { PaceSetting } from './pace.ts';
import type { Task } from './task.ts';

/** What becomes of a job whose state has no work left: it stays, sleeps until a time (ms), or enters the next state. */
export type NextMove = { rest: true } | { sleepUntil: number } | { enterAt: number | undefined };

/**
 * Decides by the pace.
 * @param since when the job entered its state, ms on the account's clock
 */
export function nextMove(
  { moves, isHeld }: Pick<Task, 'moves' | 'isHeld'>,
  since: number,
  { pace, stateMs }: PaceSetting,
  clock: Pick<Clock, 'now' | 'frozen'>,
): NextMove {
  if (moves > 0) return { enterAt: undefined };
  if (isHeld || pace === 'polled' || pace === 'held') return { rest: true };
  if (pace === 'instant') return { enterAt: undefined };
  const waited = clock.now() - since;
  // negative: the clock was set back since then, and the job shall not wait for it to catch up
  if (waited < 0) return { enterAt: undefined };
  if (waited < stateMs) return { sleepUntil: since + stateMs };
  // no time goes by on a frozen clock: after a jump forward a job has been where it was due
  return { enterAt: clock.frozen ? since + stateMs : undefined };
}
