import type { Account } from '../../accounts/account.ts';
import { domainOf } from '../../accounts/domain-of.ts';
import { defineResource } from '../../engine/define-resource.ts';
import { caseless, int64 } from '../../engine/filter-kinds.ts';
import type { Row, Value } from '../../engine/row.ts';
import { duplicateKey, MailjetError } from '../../lib/errors.ts';
import { validate } from './validate.ts';

/** Who may send: an address, or all of a domain as `*@example.com`. A new account has one, its owner's (assumed). */
export const sender = defineResource({
  name: 'sender',
  type: 'Sender',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'sender',
  table: 'sender',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  properties: {
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true },
    DNS: {
      kind: 'reference',
      datatype: 'TDNS',
      defaultValue: 'Calculated from the Email',
      readOnly: true,
    },
    Email: {
      kind: 'email',
      datatype: 'TSenderEmail',
      required: true,
      needed: 'MJ03',
      input: 'once', // assumed
      check: refuseInactive,
    },
    EmailType: {
      kind: 'string',
      allowed: ['transactional', 'bulk'],
      oneOf: ['transactional', 'bulk', 'unknown'],
      initial: 'unknown', // recorded
    },
    Filename: { kind: 'string', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    IsDefaultSender: { kind: 'boolean', defaultValue: 'false' },
    Name: { kind: 'string' },
    Status: {
      kind: 'string',
      readOnly: true,
      input: 'never', // reported for PUT; that one which changes nothing passes is assumed
      datatype: 'TSenderStatus',
      defaultValue: 'Calculated from the Email',
      allowed: ['Inactive', 'Active', 'Deleted'],
    },
  },
  filters: {
    DnsID: int64('DNSID'),
    Domain: {
      datatype: 'AnsiString',
      where: "substr(Email, instr(Email, '@') + 1) = ? COLLATE NOCASE",
    },
    Email: caseless('Email'),
    IsDomainSender: { datatype: 'TBooleanFilter', where: "(Email LIKE '*@%') = ?" },
    LocalPart: {
      datatype: 'AnsiString',
      where: "substr(Email, 1, instr(Email, '@') - 1) = ? COLLATE NOCASE",
    },
    ShowDeleted: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' },
    Status: caseless('Status'),
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [validate],
  listed: { where: "Status <> 'Deleted'", unless: ['ShowDeleted'] },
  softDelete: { column: 'Status', value: 'Deleted' }, // its address stays taken (assumed: as that of a contact)
  unique: [
    { columns: ['Email'], error: ([email = '']) => duplicateKey('Sender', email, 'Email') }, // recorded
  ],
  rules: { create: createSender, update: updateSender },
  evidence: {
    list: 'recorded',
    get: 'recorded',
    create: 'recorded',
    update: 'documented',
    remove: 'documented',
  },
});

function refuseInactive(email: Value, account: Account): Error | undefined {
  const found = account
    .sql("SELECT 1 FROM sender WHERE Email = ? AND Status = 'Inactive'")
    .get(email);
  if (found === undefined) return undefined;
  // recorded
  return new MailjetError(
    400,
    'There is an already existing inactive sender with the same email. You can use "validate" action in order to activate it.',
  );
}

/** documented: a sender of a domain that is validated is active at once */
function createSender(account: Account, { Email, IsDefaultSender }: Row): Row {
  const email = String(Email);
  const isDomain = email.startsWith('*@');
  const domain = domainOf(account, email);
  const isValidated =
    account
      .sql("SELECT 1 FROM sender WHERE Email = ? AND Status = 'Active'")
      .get(`*${email.slice(email.lastIndexOf('@'))}`) !== undefined;
  if (IsDefaultSender === 1n) endDefault(account);
  return {
    CreatedAt: account.time(),
    DNSID: domain.ID,
    Filename: isDomain ? `${domain.OwnerShipToken}.txt` : '',
    Status: isValidated && !isDomain ? 'Active' : 'Inactive',
  };
}

function updateSender(account: Account, _before: Row, { IsDefaultSender }: Row): Row {
  if (IsDefaultSender === 1n) endDefault(account);
  return {};
}

/** There is one default sender (assumed). */
function endDefault(account: Account): void {
  account.sql('UPDATE sender SET IsDefaultSender = 0 WHERE IsDefaultSender = 1').run();
}
