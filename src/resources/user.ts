import { notBuiltAction } from '../engine/action.ts';
import { defineResource } from '../engine/define-resource.ts';
import { text } from '../engine/filter-kinds.ts';

/**
 * Who owns the account; applications read it at start to check a key. What a PUT gives is stored as it is (assumed: in
 * production another address must be confirmed).
 */
export const user = defineResource({
  name: 'user',
  type: 'User',
  operations: ['Get', 'Put'],
  source: 'user',
  table: 'user',
  isSingle: true, // assumed, as of myprofile
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  properties: {
    ACL: { kind: 'string' },
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true },
    Email: { kind: 'email', needed: 'MJ03' },
    FirstIp: { kind: 'string', readOnly: true, unlisted: true }, // recorded, yet not in metadata
    ID: { kind: 'int64', readOnly: true },
    LastIp: { kind: 'string', readOnly: true, defaultValue: 'The same as FirstIP', required: true },
    LastLoginAt: { kind: 'datetime', readOnly: true },
    Locale: { kind: 'string', defaultValue: 'en_US' },
    MaxAllowedAPIKeys: { kind: 'int32', readOnly: true, defaultValue: '5' },
    Timezone: { kind: 'string', defaultValue: 'etc/UTC' },
    Username: { kind: 'string', defaultValue: 'Undefined', required: true, needed: 'MJ03' },
    WarnedRatelimitAt: { kind: 'datetime' },
  },
  filters: {
    IsActivated: { datatype: 'TBooleanFilter', notBuilt: true },
    NewEmail: { datatype: 'AnsiString', notBuilt: true },
    UserName: text('Username'),
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [notBuiltAction('activate', { isGlobal: false, operations: ['Post'] })],
  evidence: { list: 'assumed', get: 'assumed', update: 'assumed' },
});
