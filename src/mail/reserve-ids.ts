import type { Account } from '../accounts/account.ts';

/** Takes IDs that no message will have; returns the first of them. Runs inside a transaction. */
export function reserveIds(account: Account, count: number): bigint {
  const { seq } = account.sql("SELECT seq FROM sqlite_sequence WHERE name = 'message'").get() as {
    seq: bigint;
  }; // every account begins to count when it is made
  account.sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'message'").run(seq + BigInt(count));
  return seq + 1n;
}
