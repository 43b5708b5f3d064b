import type { Account } from '../accounts/account.ts';

/** Told of events, inside the transaction that made them. @param after ID of the last one before them */
export type OnEvents = (account: Account, after: bigint) => void;

/** Runs what may make events in one transaction, and tells of those that it made. */
export function telling<T>(account: Account, onEvents: OnEvents | undefined, work: () => T): T {
  return account.write(() => {
    const before = lastEvent(account);
    const made = work();
    if (lastEvent(account) > before) onEvents?.(account, before);
    return made;
  });
}

function lastEvent(account: Account): bigint {
  const row = account.sql('SELECT max(ID) AS id FROM event').get() as { id: bigint | null }; // max always gives a row
  return row.id ?? 0n;
}
