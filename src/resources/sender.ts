import { notBuiltAction } from '../engine/action.ts';
import { defineResource } from '../engine/define-resource.ts';
import { caseless, int64 } from '../engine/filter-kinds.ts';

/** Applications read it at start to check a key: the one plausible row of the account (assumed). */
export const sender = defineResource({
  name: 'sender',
  type: 'Sender',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  notBuilt: ['Put', 'Post', 'Delete'],
  source: 'sender',
  table: 'account',
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
    Email: { kind: 'email', datatype: 'TSenderEmail', required: true },
    EmailType: { kind: 'string', allowed: ['transactional', 'bulk'] },
    Filename: { kind: 'string', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    IsDefaultSender: { kind: 'boolean', defaultValue: 'false' },
    Name: { kind: 'string' },
    Status: {
      kind: 'string',
      readOnly: true,
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
  actions: [
    notBuiltAction('validate', {
      isGlobal: false,
      operations: ['Post'],
      properties: [
        { name: 'Errors', datatype: 'TJSONObject' },
        { name: 'ValidationMethod', datatype: 'AnsiString' },
        { name: 'GlobalError', datatype: 'AnsiString' },
      ],
    }),
  ],
  evidence: { list: 'assumed', get: 'assumed' },
});
