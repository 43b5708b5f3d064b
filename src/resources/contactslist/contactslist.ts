import { listAddress } from '../../accounts/fresh.ts';
import { defineResource } from '../../engine/define-resource.ts';
import { flag, text } from '../../engine/filter-kinds.ts';
import { addressIsGenerated, duplicateKey } from '../../lib/errors.ts';
import { importList } from './import-list.ts';
import { manageContact } from './manage-contact.ts';
import { manageManyContactsOfList } from './manage-many-contacts.ts';
import { verify } from './verify.ts';

export const contactslist = defineResource({
  name: 'contactslist',
  type: 'ContactsList',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'contactslist',
  table: 'contactslist',
  uniqueKey: 'Address',
  keyColumns: ['Address'],
  properties: {
    Address: {
      kind: 'string',
      defaultValue: 'Random HEX string',
      readOnly: true,
      input: 'never', // reported for POST; that PUT takes it back unchanged is assumed, as Email of contact (recorded)
      refusal: addressIsGenerated,
    },
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    IsDeleted: { kind: 'boolean', defaultValue: 'false' },
    Name: { kind: 'string', needed: 'MJ04' },
    SubscriberCount: { kind: 'int32', readOnly: true },
  },
  filters: {
    Address: text('Address'),
    ExcludeID: { datatype: 'Int64', where: 'ID <> ?' },
    ID: { datatype: 'Int64', where: 'ID = ?', unlisted: true }, // Mailjet's own WordPress plugin takes the one row
    IsDeleted: flag('IsDeleted'),
    Name: text('Name'), // recorded: exact
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'IsDeleted', descending: true },
    { property: 'Name', descending: true },
    { property: 'CreatedAt', descending: true },
  ],
  actions: [manageContact, manageManyContactsOfList, importList, verify],
  listed: { where: 'IsDeleted = 0', unless: ['IsDeleted'] }, // recorded
  softDelete: { column: 'IsDeleted', value: 1 }, // recorded: a later GET by ID still finds it
  unique: [
    {
      columns: ['Name'],
      where: 'IsDeleted = 0', // recorded: the name of a deleted list is free
      error: ([name = '']) => duplicateKey('ContactsList', name, 'Name'), // assumed but for "already exists"
    },
  ],
  rules: {
    create: (account, values) => ({
      Address: listAddress(account.random, String(values.Name)),
      CreatedAt: account.time(),
    }),
  },
  evidence: {
    list: 'recorded',
    get: 'recorded',
    create: 'recorded',
    update: 'documented',
    remove: 'recorded',
  },
});
