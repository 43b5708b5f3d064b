import { readableContacts } from '../../contacts/anonymize.ts';
import { changedContact, newContact } from '../../contacts/contact-rules.ts';
import { checkEmailKey } from '../../contacts/email-key.ts';
import { defineResource } from '../../engine/define-resource.ts';
import { duplicateKey, emailIsFixed } from '../../lib/errors.ts';
import { contactFilters } from '../contact-filters.ts';
import { exportOf } from '../export.ts';
import { getContactsLists } from './get-contacts-lists.ts';
import { manageContactsLists } from './manage-contacts-lists.ts';
import { manageManyContacts } from './manage-many-contacts.ts';

export const contact = defineResource({
  name: 'contact',
  type: 'Contact',
  operations: ['Get', 'Put', 'Post'],
  source: 'contact',
  table: 'contact',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  checkKey: checkEmailKey,
  properties: {
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true }, // recorded: ignored
    DeliveredCount: { kind: 'int64', readOnly: true }, // recorded: ignored
    Email: { kind: 'email', required: true, needed: 'MJ03', input: 'once', refusal: emailIsFixed },
    // one production client puts it back with the rest of the row
    ExclusionFromCampaignsUpdatedAt: { kind: 'datetime', readOnly: true },
    ID: { kind: 'int64', readOnly: true }, // recorded: ignored
    IsExcludedFromCampaigns: { kind: 'boolean', defaultValue: 'false' },
    // the three others that the Ruby gem sends in PUT: ignored too
    IsOptInPending: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    IsSpamComplaining: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    // reported for POST: these two and UnsubscribedAt are guarded; the Ruby gem leaves them out of PUT
    LastActivityAt: { kind: 'datetime', readOnly: true, input: 'refuse' },
    LastUpdateAt: { kind: 'datetime', readOnly: true, input: 'refuse' },
    Name: { kind: 'string' },
    // conflict: an answer of 2015 refuses it in PUT though it is empty; a production client of 2019 to 2025 puts it back
    // so, and LastUpdateAt too, without LastActivityAt. The answer that was seen counts here.
    UnsubscribedAt: { kind: 'datetime', readOnly: true, input: 'refuse' },
    UnsubscribedBy: { kind: 'string', readOnly: true },
  },
  filters: {
    ...contactFilters('contact'),
    // two public threads show that it is honoured; on contactdata another shows that it is not
    ID: { datatype: 'Int64', where: 'ID = ?', unlisted: true },
  },
  sorts: [
    { property: 'ID', descending: false },
    { property: 'Email', descending: true },
    { property: 'DeliveredCount', descending: true },
    { property: 'CreatedAt', descending: true },
  ],
  actions: [manageContactsLists, getContactsLists, manageManyContacts, exportOf('contact')],
  exists: readableContacts,
  // the OpenAPI file of 2025 has a filter for it; in 2020 anonymous contacts stood in every list (reported)
  listed: { where: "anonymizedAt = ''", unless: ['IncludeAnonymized'] },
  unique: [
    { columns: ['Email'], error: ([email = '']) => duplicateKey('Contact', email, 'Email') },
  ],
  rules: { create: newContact, update: changedContact },
  evidence: { list: 'recorded', get: 'recorded', create: 'recorded', update: 'recorded' },
});
