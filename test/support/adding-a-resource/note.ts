import { defineResource } from '../../../src/engine/define-resource.ts';
import { caseless, int64, likeFilters, text } from '../../../src/engine/filter-kinds.ts';
import { duplicateKey } from '../../../src/lib/errors.ts';

export const note = defineResource({
  name: 'note',
  type: 'Note',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'note',
  table: 'note',
  uniqueKey: 'Title',
  keyColumns: ['Title'],
  properties: {
    Contact: {
      kind: 'reference',
      datatype: 'TContact',
      required: true,
      needed: 'MJ03',
      reference: { table: 'contact', key: 'Email', where: "anonymizedAt = ''" },
    },
    CreatedAt: { kind: 'datetime', defaultValue: 'Current time', readOnly: true },
    ID: { kind: 'int64', readOnly: true },
    Status: { kind: 'string', defaultValue: 'open', allowed: ['open', 'done', 'deleted'] },
    Title: { kind: 'string', required: true, needed: 'MJ04' },
  },
  filters: {
    Contact: int64('ContactID'),
    ShowDeleted: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' },
    Status: caseless('Status'),
    Title: text('Title'),
    ...likeFilters('Title', 'Title'),
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'Title', descending: true },
  ],
  actions: [],
  listed: { where: "Status <> 'deleted'", unless: ['ShowDeleted'] },
  softDelete: { column: 'Status', value: 'deleted' },
  unique: [{ columns: ['Title'], error: ([title = '']) => duplicateKey('Note', title, 'Title') }],
  rules: { create: (account) => ({ CreatedAt: account.time() }) },
  evidence: {
    list: 'documented',
    get: 'documented',
    create: 'documented',
    update: 'documented',
    remove: 'assumed',
  },
});
