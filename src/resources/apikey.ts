import type { Account } from '../accounts/account.ts';
import { type Answer, type Call, created } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { flag, int64, text } from '../engine/filter-kinds.ts';
import { rowById, toWire } from '../engine/read.ts';
import type { Row } from '../engine/row.ts';
import { readValues, requireNeeded } from '../engine/values.ts';
import { MailjetError, operationNotAllowed } from '../lib/errors.ts';

/**
 * The account's own key and, of a master, the keys that it made: each opens an account of its own, at once (documented:
 * after some seconds). Applications read it at start to check a key.
 */
export const apikey = defineResource({
  name: 'apikey',
  type: 'APIKey',
  operations: ['Get', 'Put', 'Post'],
  source: 'apikey',
  table: 'apikey',
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
    Name: { kind: 'string', required: true, needed: 'MJ03' }, // assumed: MJ03
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
  rules: { update: changeKey },
  handlers: { create: createKey },
  notes: 'master keys alone make and change keys (assumed)',
  evidence: { list: 'assumed', get: 'assumed', create: 'documented', update: 'assumed' },
});

/** assumed */
function requireMaster({ sub }: Account): void {
  if (sub !== undefined) throw operationNotAllowed();
}

/** documented: the body has a Name; that the key is active then is assumed. */
function createKey({ account, resource, body }: Call): Answer {
  requireMaster(account);
  const values = readValues(account, resource, body);
  requireNeeded(resource.members, values);
  const { ACL = '', IsActive = 1n } = values;
  const name = String(values.Name);
  const newKey = () => account.random.bytes(16).toString('hex');
  const keys = { apiKey: newKey(), secretKey: newKey() };
  return account.write(() => {
    const { lastInsertRowid } = account
      .sql(
        'INSERT INTO subkey (ACL, APIKey, CreatedAt, IsActive, Name, SecretKey) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(ACL, keys.apiKey, account.time(), IsActive, name, keys.secretKey);
    const id = Number(lastInsertRowid);
    const why = account.siblings?.make(account, keys, { id, name, isActive: IsActive === 1n });
    if (why !== undefined) throw new MailjetError(403, why); // a limit of Mockjet's own
    return created(toWire(account, resource, rowById(account, resource, BigInt(id)) ?? {}));
  });
}

/** A key that was made is changed with its account; a master can't lock itself out (assumed). */
function changeKey(account: Account, before: Row, changes: Row): Row {
  requireMaster(account);
  const { APIKey, IsActive, IsMaster, Name } = { ...before, ...changes };
  const name = String(Name);
  const isActive = IsActive === 1n;
  if (IsMaster === 0n) account.siblings?.change(account, String(APIKey), { name, isActive });
  else if (isActive) account.name = name;
  else throw operationNotAllowed();
  return {};
}
