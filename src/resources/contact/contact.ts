import { readableContacts } from '../../contacts/anonymize.ts';
import { changedContact, newContact } from '../../contacts/contact-rules.ts';
import { checkEmailKey } from '../../contacts/email-key.ts';
import type { Resource } from '../../engine/resource.ts';
import { duplicateKey, emailIsFixed } from '../../lib/errors.ts';
import { contactFilters } from '../contact-filters.ts';
import { exportContacts } from './export.ts';
import { getContactsLists } from './get-contacts-lists.ts';
import { manageContactsLists } from './manage-contacts-lists.ts';
import { manageManyContacts } from './manage-many-contacts.ts';

export const contact: Resource = {
  name: 'contact',
  type: 'Contact',
  operations: ['Get', 'Put', 'Post'],
  source: 'contact',
  table: 'contact',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  checkKey: checkEmailKey,
  properties: {
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true, input: 'ignore' }, // recorded
    DeliveredCount: { kind: 'int64', readOnly: true, input: 'ignore' }, // recorded
    Email: { kind: 'email', required: true, needed: 'MJ03', input: 'once', refusal: emailIsFixed },
    ExclusionFromCampaignsUpdatedAt: { kind: 'datetime', readOnly: true },
    ID: { kind: 'int64', readOnly: true, input: 'ignore' }, // recorded
    IsExcludedFromCampaigns: { kind: 'boolean', defaultValue: 'false' },
    IsOptInPending: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    IsSpamComplaining: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    LastActivityAt: { kind: 'datetime', readOnly: true },
    LastUpdateAt: { kind: 'datetime', readOnly: true },
    Name: { kind: 'string' },
    UnsubscribedAt: { kind: 'datetime', readOnly: true },
    UnsubscribedBy: { kind: 'string', readOnly: true },
  },
  filters: contactFilters,
  sorts: [
    { property: 'ID', descending: false },
    { property: 'Email', descending: true },
    { property: 'DeliveredCount', descending: true },
    { property: 'CreatedAt', descending: true },
  ],
  actions: [manageContactsLists, getContactsLists, manageManyContacts, exportContacts],
  exists: readableContacts,
  listed: { where: "anonymizedAt = ''", unless: 'IncludeAnonymized' },
  unique: [
    { columns: ['Email'], error: ([email = '']) => duplicateKey('Contact', email, 'Email') },
  ],
  rules: { create: newContact, update: changedContact },
  evidence: { list: 'recorded', get: 'recorded', create: 'recorded', update: 'recorded' },
};
