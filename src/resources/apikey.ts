import { defineResource } from '../engine/define-resource.ts';
import { flag, int64, text } from '../engine/filter-kinds.ts';

/** Applications read it at start to check a key: the one plausible row of the account (assumed). */
export const apikey = defineResource({
  name: 'apikey',
  type: 'APIKey',
  operations: ['Get', 'Put', 'Post'],
  notBuilt: ['Put', 'Post'],
  source: 'apikey',
  table: 'account',
  uniqueKey: 'APIKey',
  keyColumns: ['APIKey'],
  properties: {
    ACL: { kind: 'string' },
    APIKey: {
      kind: 'string',
      readOnly: true,
      defaultValue: 'Automatically generated value',
      required: true,
    },
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    IsActive: { kind: 'boolean', defaultValue: 'false' },
    IsMaster: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    Name: { kind: 'string', required: true },
    QuarantineValue: { kind: 'int32', readOnly: true },
    RegionID: { kind: 'int32', readOnly: true },
    Runlevel: {
      kind: 'string',
      readOnly: true,
      datatype: 'TRunLevel',
      defaultValue: 'Normal',
      allowed: ['Normal', 'Softlock', 'Hardlock', 'Deleted'],
    },
    SecretKey: { kind: 'string', readOnly: true, defaultValue: 'Automatically generated value' },
    Skipspamd: { kind: 'int32', readOnly: true, unlisted: true }, // recorded, yet not in metadata
    TrackHost: { kind: 'string', readOnly: true, defaultValue: 'r.mailjet.com' },
    UserID: { kind: 'int32', readOnly: true },
  },
  filters: {
    APIKey: text('APIKey'),
    ConfirmKey: { datatype: 'AnsiString', notBuilt: true },
    CustomStatus: { datatype: 'TCustomStatus', notBuilt: true },
    IsActive: flag('IsActive'),
    IsMaster: flag('IsMaster'),
    KeyType: { datatype: 'TFilterKeyType', notBuilt: true },
    Name: text('Name'),
    User: int64('UserID'),
  },
  sorts: [
    { property: 'ID', descending: false },
    { property: 'IsMaster', descending: true },
    { property: 'IsActive', descending: true },
    { property: 'CreatedAt', descending: true },
    { property: 'Name', descending: true },
  ],
  actions: [],
  evidence: { list: 'assumed', get: 'assumed' },
});
