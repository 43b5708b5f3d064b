import type { Account } from '../accounts/account.ts';

/** A URL and the events that it gets. */
export interface SeedWebhook {
  url: string;
  events: readonly string[];
  version: 1 | 2;
  isBackup: boolean;
}

/** Sets URLs for events, in the place of those that are there. Runs inside a transaction. */
export function addWebhooks(account: Account, webhooks: readonly SeedWebhook[]): void {
  for (const { url, events, version, isBackup } of webhooks)
    for (const event of events)
      account
        .sql(
          `INSERT INTO eventcallback (EventType, IsBackup, Url, Version) VALUES (?, ?, ?, ?)
           ON CONFLICT (EventType, IsBackup) DO UPDATE SET Url = excluded.Url, Version = excluded.Version, Status = 'alive', failingSince = 0`,
        )
        .run(event, Number(isBackup), url, version);
}
