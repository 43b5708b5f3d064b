import type { Account } from '../accounts/account.ts';
import { domainOf } from '../accounts/domain-of.ts';
import { defineResource } from '../engine/define-resource.ts';
import { duplicateKey, operationNotAllowed } from '../lib/errors.ts';

/** A sender for all keys of a user. */
export const metasender = defineResource({
  name: 'metasender',
  type: 'MetaSender',
  operations: ['Get', 'Put', 'Post'],
  source: 'metasender',
  table: 'metasender',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  properties: {
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', input: 'ignore' }, // assumed: no body sets it
    Description: { kind: 'string' },
    Email: { kind: 'email', required: true, needed: 'MJ03' },
    Filename: { kind: 'string', defaultValue: 'Automatically generated value', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    IsEnabled: { kind: 'boolean', defaultValue: 'false' },
  },
  filters: {
    DNS: {
      datatype: 'Int64',
      where:
        "substr(Email, instr(Email, '@') + 1) = (SELECT Domain FROM domain WHERE ID = ?) COLLATE NOCASE",
    },
    User: { datatype: 'Int64', where: '(SELECT UserID FROM account) = ?' },
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  unique: [
    { columns: ['Email'], error: ([email = '']) => duplicateKey('MetaSender', email, 'Email') },
  ],
  rules: {
    create(account, { Email }) {
      requireMaster(account);
      const { OwnerShipToken } = domainOf(account, String(Email));
      return { CreatedAt: account.time(), Filename: `${OwnerShipToken}.txt` };
    },
    update(account) {
      requireMaster(account);
      return {};
    },
  },
  notes: 'master keys alone make and change them (documented; how others are refused is assumed)',
  evidence: { list: 'recorded', get: 'recorded', create: 'documented', update: 'documented' },
});

function requireMaster({ sub }: Account): void {
  if (sub !== undefined) throw operationNotAllowed();
}
