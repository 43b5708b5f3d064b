import { defineResource } from '../engine/define-resource.ts';
import { int64, likeFilters, text } from '../engine/filter-kinds.ts';

/** What the user has set in Mailjet's own pages: nothing of the API does, so there is none. */
export const preferences = defineResource({
  name: 'preferences',
  type: 'Preferences',
  operations: ['Get'],
  source: 'preferences',
  table: 'preferences',
  uniqueKey: 'Key',
  keyColumns: ['Key'],
  properties: {
    ID: { kind: 'int64', readOnly: true },
    Key: { kind: 'string', required: true },
    User: { kind: 'reference', datatype: 'TUser', required: true },
    Value: { kind: 'string' },
  },
  filters: {
    Key: text('Key'),
    ...likeFilters('Key', 'Key'),
    ShowAllUsers: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' }, // there is one
    User: int64('UserID'),
    Value: { ...text('Value'), unlisted: true },
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  evidence: { list: 'assumed', get: 'assumed' },
});
