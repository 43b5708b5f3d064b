import type { Account } from '../accounts/account.ts';
import type { Filter } from '../engine/filter.ts';
import { beginOfPeriod, periods } from '../lib/clock.ts';
import { MailjetError } from '../lib/errors.ts';

/**
 * `Period=Day`, Week, Month or Year (staff): sets FromTS to the beginning of the period and ToTS to now (documented).
 * The calendar is that of UTC, a week begins on Monday (assumed).
 */
export const periodOf = (column: string): Filter => ({
  datatype: 'AnsiString',
  where: `${column} >= ?`,
  value: beginOf,
});

function beginOf(text: string, account: Account): string {
  const period = periods.find((each) => each === text.toLowerCase());
  // assumed
  if (period === undefined)
    throw new MailjetError(400, `Unexpected error during GET: "${text}" is not a valid period`);
  return beginOfPeriod(account.clock.now(), period);
}
