import { defineResource } from '../engine/define-resource.ts';
import { flag, int64 } from '../engine/filter-kinds.ts';
import type { Property } from '../engine/resource.ts';
import type { Row, Value } from '../engine/row.ts';
import { duplicateKey, invalidProperty, unlistedValue } from '../lib/errors.ts';
import { testHook } from './test-hook.ts';

/** In the order of their numbers: that of `sent` is recorded, the others follow metadata. */
const eventTypes = [
  ...['open', 'click', 'bounce', 'spam', 'blocked', 'unsub', 'typofix', 'sent', 'parseapi'],
  ...['newsender', 'newsenderautovalid'],
];
const statuses = ['dead', 'alive'];

/** In metadata for other ways of delivery, and in no answer that was recorded. */
const unseen: Property = { kind: 'string', input: 'ignore', decode: () => undefined };

const nameOf = (names: readonly string[]) => (given: string) =>
  names[/^\d{1,2}$/.test(given) ? Number(given) : -1] ?? given.toLowerCase();

/** The URLs that events are posted to: one for each type of event, and one to take over when that is dead. */
export const eventcallbackurl = defineResource({
  name: 'eventcallbackurl',
  type: 'EventCallbackURL',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'eventcallbackurl',
  table: 'eventcallback',
  uniqueKey: 'EventType|Backup',
  keyColumns: ['EventType', 'IsBackup'],
  properties: {
    AccountID: unseen,
    APIKey: { kind: 'reference', datatype: 'TAPIKey', required: true, input: 'ignore' },
    EventType: {
      kind: 'string',
      allowed: eventTypes,
      initial: 'open', // assumed: the first of them
      stored: (text) => text.toLowerCase(),
    },
    ID: { kind: 'int64', readOnly: true },
    IsBackup: {
      kind: 'boolean',
      defaultValue: 'false',
      initial: 0,
      stored: (text) => (/^(true|1)$/i.test(text) ? '1' : '0'), // the second part of a key in a path
    },
    ProjectID: unseen,
    QueueName: unseen,
    Region: unseen,
    Resource: unseen,
    SharedAccessSignature: unseen,
    Status: { kind: 'string', defaultValue: '1', allowed: statuses, initial: 'alive' },
    Topic: unseen,
    Url: {
      kind: 'string',
      required: true,
      needed: 'MJ03',
      maxLength: 2000, // assumed
      check: refuseOtherThanHttp,
    },
    // documented: 2 groups events
    Version: {
      kind: 'int16',
      defaultValue: '1',
      initial: 1,
      check: (version) =>
        version === 1n || version === 2n ? undefined : unlistedValue('Version', ['1', '2']), // assumed
    },
  },
  filters: {
    APIKey: int64('APIKeyID'),
    Backup: flag('IsBackup'),
    EventType: { datatype: 'TTriggerEvent', where: 'EventType = ?', value: nameOf(eventTypes) },
    Status: { datatype: 'TTriggerStatus', where: 'Status = ?', value: nameOf(statuses) },
    Version: { datatype: 'SmallInt', where: 'Version = ?' },
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [testHook],
  unique: [
    {
      columns: ['EventType', 'IsBackup'],
      // recorded: with the number of the type
      error: ([type = '', isBackup]) =>
        duplicateKey(
          'EventCallbackURL',
          `${eventTypes.indexOf(type)}|${isBackup === '1'}`,
          'EventType|Backup',
        ),
    },
  ],
  rules: { update: revive },
  evidence: {
    list: 'recorded',
    get: 'recorded',
    create: 'recorded',
    update: 'documented',
    remove: 'documented',
  },
});

/** assumed: what can't be posted to is refused, and the words */
function refuseOtherThanHttp(url: Value): Error | undefined {
  const text = String(url);
  if (text === '') return undefined; // told as a value that is missing
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  return protocol === 'http:' || protocol === 'https:'
    ? undefined
    : invalidProperty('Url', 'MJ08 Value is not a valid URL');
}

/** documented: a suspended URL comes to life again when it is replaced by a new one */
function revive(_account: unknown, _before: Row, { Url, Status }: Row): Row {
  if (Url === undefined) return {};
  return Status === undefined ? { Status: 'alive', failingSince: 0n } : { failingSince: 0n };
}
