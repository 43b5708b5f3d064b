import type { Action } from '../engine/action.ts';

/** POST eventcallbackurl/{id}/test: posts an event of no message to the URL. What it answers is assumed. */
export const testHook: Action = {
  name: 'test',
  isGlobal: false,
  operations: ['Post'],
  parameters: [],
  handlers: {
    Post: ({ object }) => ({ status: 200, rows: [], hook: object.ID as bigint }), // ID is an integer key
  },
  evidence: { Post: 'assumed' },
};
