import { defineResource } from '../engine/define-resource.ts';
import { flag, int64, moment, text } from '../engine/filter-kinds.ts';
import { duplicateRecipient } from '../lib/errors.ts';
import { blocked, opened, statusOf } from './contact-history.ts';
import { exportOf } from './export.ts';

export const listrecipient = defineResource({
  name: 'listrecipient',
  type: 'ListRecipient',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'subscription',
  table: 'listrecipient',
  uniqueKey: '',
  properties: {
    Contact: {
      kind: 'reference',
      datatype: 'TContact',
      required: true,
      readOnly: true,
      input: 'once',
      needed: 'MJ03',
      reference: { table: 'contact', key: 'Email', where: "anonymizedAt = ''" },
    },
    ID: { kind: 'int64', readOnly: true },
    IsActive: { kind: 'boolean', defaultValue: 'true', initial: 1 },
    IsUnsubscribed: { kind: 'boolean', defaultValue: 'True if UnsubscribedAt is a valid date' },
    List: {
      kind: 'reference',
      datatype: 'TContactsList',
      required: true,
      needed: 'MJ03',
      reference: { table: 'contactslist', key: 'Address', where: 'IsDeleted = 0' },
    },
    ListName: { kind: 'string', readOnly: true, unlisted: true }, // recorded, yet not in metadata
    // reported: MJ19; the Ruby gem leaves both out of PUT since 2024
    SubscribedAt: { kind: 'datetime', readOnly: true, input: 'refuse' },
    UnsubscribedAt: { kind: 'datetime', readOnly: true, input: 'refuse' },
  },
  filters: {
    Active: flag('IsActive'),
    Blocked: blocked('subscription.ContactID'),
    Contact: int64('ContactID'),
    ContactEmail: text('contactEmail'),
    ContactsList: int64('ListID'),
    IgnoreDeleted: { datatype: 'TBooleanFilter', where: '(NOT ? OR listIsDeleted = 0)' },
    IsExcludedFromCampaigns: flag('contactIsExcluded'),
    LastActivityAt: moment('contactLastActivityAt'),
    ListName: text('ListName'),
    Opened: opened('subscription.ContactID'),
    Status: statusOf('subscription.ContactID', 'all'), // an official plugin asks for all
    Unsub: flag('IsUnsubscribed'),
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [exportOf('listrecipient')],
  unique: [{ columns: ['ContactID', 'ListID'], error: () => duplicateRecipient() }],
  rules: {
    create: (account, values) => {
      const SubscribedAt = account.time();
      return { SubscribedAt, UnsubscribedAt: values.IsUnsubscribed === 1n ? SubscribedAt : '' };
    },
    // documented; that false clears the date is assumed
    update: (account, _before, { IsUnsubscribed }) =>
      IsUnsubscribed === undefined
        ? {}
        : { UnsubscribedAt: IsUnsubscribed === 1n ? account.time() : '' },
  },
  evidence: {
    list: 'recorded',
    get: 'documented',
    create: 'documented',
    update: 'documented',
    remove: 'documented',
  },
});
