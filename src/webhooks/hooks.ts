import type { Account } from '../accounts/account.ts';

/** Where events of a type go. @property Version 1: an event a call; 2: grouped */
export interface Hook {
  EventType: string;
  Url: string;
  Version: bigint;
}

/** Where events go now, by their type: to its URL, or to its backup when that is dead (documented). */
export function hooksInUse(account: Account): Map<string, Hook> {
  const hooks = account
    .sql(
      `SELECT EventType, Url, Version FROM eventcallback AS hook WHERE Status = 'alive' AND (IsBackup = 0 OR EXISTS (
         SELECT 1 FROM eventcallback WHERE EventType = hook.EventType AND IsBackup = 0 AND Status = 'dead'))`,
    )
    .all() as Hook[]; // the columns selected
  return new Map(hooks.map((hook) => [hook.EventType, hook]));
}

/** True for a URL that some type of event has. */
export function isHook(account: Account, url: string): boolean {
  return account.sql('SELECT 1 FROM eventcallback WHERE Url = ?').get(url) !== undefined;
}

/** Takes note that a URL takes what is posted. Runs inside a transaction. */
export function noteTaken(account: Account, url: string): void {
  account
    .sql('UPDATE eventcallback SET failingSince = 0 WHERE Url = ? AND failingSince <> 0')
    .run(url);
}

/** Takes note that a URL took nothing; returns since when, ms. Runs inside a transaction. */
export function noteFailing(account: Account, url: string): number {
  const now = account.clock.now();
  account
    .sql('UPDATE eventcallback SET failingSince = ? WHERE Url = ? AND failingSince = 0')
    .run(now, url);
  const row = account
    .sql('SELECT max(failingSince) AS at FROM eventcallback WHERE Url = ?')
    .get(url) as { at: bigint | null }; // max always gives a row
  return row.at === null ? now : Number(row.at);
}

/** Suspends a URL, of whatever types it is (that the status is `dead` is inferred). Runs inside a transaction. */
export function suspend(account: Account, url: string): void {
  account.sql("UPDATE eventcallback SET Status = 'dead', failingSince = 0 WHERE Url = ?").run(url);
}
