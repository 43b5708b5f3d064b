import { defineResource } from '../engine/define-resource.ts';

/** Why messages do not arrive: the same 21 rows for every account (documented). */
export const messagestate = defineResource({
  name: 'messagestate',
  type: 'MessageState',
  operations: ['Get'],
  source: 'messagestate',
  table: 'message',
  uniqueKey: '',
  properties: {
    ID: { kind: 'int64', readOnly: true },
    RelatedTo: {
      kind: 'string',
      allowed: ['recipient', 'domain', 'spam', 'system', 'mailjet', 'account'],
    },
    State: { kind: 'string', required: true },
  },
  filters: {},
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  evidence: { list: 'recorded', get: 'recorded' },
});
