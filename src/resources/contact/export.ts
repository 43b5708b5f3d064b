import type { Action } from '../../engine/action.ts';

export const exportContacts: Action = {
  name: 'export',
  isGlobal: true,
  operations: ['Get', 'Post'],
  parameters: [],
  handlers: {},
  evidence: {},
};
