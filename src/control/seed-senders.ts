import type { Account } from '../accounts/account.ts';
import { domainOf } from '../accounts/domain-of.ts';
import type { SeedDocument } from './seed-document.ts';

/** Makes the senders of a document; one that is there already becomes what the document says. Runs inside a transaction. */
export function addSenders(account: Account, { senders }: SeedDocument): void {
  for (const { email, name, status, isDefault } of senders) {
    const { ID, OwnerShipToken } = domainOf(account, email);
    if (isDefault)
      account.sql('UPDATE sender SET IsDefaultSender = 0 WHERE IsDefaultSender = 1').run();
    account
      .sql(
        `INSERT INTO sender (CreatedAt, DNSID, Email, Filename, IsDefaultSender, Name, Status)
         VALUES (@now, @domain, @email, @file, @isDefault, coalesce(@name, ''), @status)
         ON CONFLICT (Email) DO UPDATE SET Name = coalesce(@name, Name), Status = @status,
           IsDefaultSender = max(IsDefaultSender, @isDefault)`,
      )
      .run({
        now: account.time(),
        domain: ID,
        email,
        file: email.startsWith('*@') ? `${OwnerShipToken}.txt` : '',
        isDefault: Number(isDefault),
        name: name ?? null,
        status,
      });
  }
}
