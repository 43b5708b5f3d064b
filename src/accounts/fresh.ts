import { readInstant } from '../lib/clock.ts';
import { type Random, randomText } from '../lib/random.ts';
import type { Account } from './account.ts';
import { domainOf } from './domain-of.ts';
import { beginCounting } from './id-ranges.ts';

/** What a new account holds (recorded in its parts: the four properties, the list, the owner; the address is assumed). */
const fresh = {
  properties: ['firstname', 'name', 'country', 'newsletter_sub'],
  list: 'MyFirstTest',
  owner: 'owner@example.com',
};

/** When an account with reproducible identifiers was made, ms: before any time that a test is likely to set. */
export const birthOfSeeded = readInstant('2020-01-01') ?? 0;

/** Fills a migrated, empty database with what a new account holds, by the account's clock and randomness. */
export function fillFreshAccount(account: Account, name = account.apiKey): void {
  account.write(() => {
    const now = account.time();
    const { sub } = account;
    const id = pick(account.random, 1_000_000, 1_000_000);
    account
      .sql(
        `INSERT INTO account (ID, APIKey, SecretKey, Name, UserID, CreatedAt, madeBy, masterKey, IsActive)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        sub?.id ?? id,
        account.apiKey,
        account.secretKey,
        name,
        pick(account.random, 1_000_000, 1_000_000),
        now,
        account.madeBy,
        sub?.masterKey ?? '',
        sub?.isActive === false ? 0 : 1,
      );
    beginCounting(account.db, account.random.seed);
    for (const name of fresh.properties) {
      account
        .sql("INSERT INTO contactmetadata (Datatype, Name, NameSpace) VALUES ('str', ?, 'static')")
        .run(name);
    }
    const list = account
      .sql('INSERT INTO contactslist (Address, CreatedAt, Name) VALUES (?, ?, ?)')
      .run(listAddress(account.random, fresh.list), now, fresh.list);
    const owner = account
      .sql('INSERT INTO contact (Email, CreatedAt) VALUES (?, ?)')
      .run(fresh.owner, now);
    account
      .sql('INSERT INTO listrecipient (ContactID, ListID, SubscribedAt) VALUES (?, ?, ?)')
      .run(owner.lastInsertRowid, list.lastInsertRowid, now);
    account
      .sql(
        "INSERT INTO sender (CreatedAt, DNSID, Email, IsDefaultSender, Name, Status) VALUES (?, ?, ?, 1, 'Default', 'Active')",
      )
      .run(now, domainOf(account, fresh.owner).ID, fresh.owner);
  });
}

function pick(random: Random, from: number, spread: number): number {
  return from + (random.bytes(4).readUInt32BE() % spread);
}

/**
 * The address of a new list: the last character of its name and eight random ones (recorded, 19 of 21 lists).
 * Where that character is neither letter nor digit a random letter takes its place (assumed).
 */
export function listAddress(random: Random, name: string): string {
  const last = name.at(-1) ?? '';
  return (/[A-Za-z0-9]/.test(last) ? last : randomText(random, 1, 26)) + randomText(random, 8);
}
