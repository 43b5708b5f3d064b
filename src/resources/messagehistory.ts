import { type Answer, type Call, ok } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { int64 } from '../engine/filter-kinds.ts';
import { toWire } from '../engine/read.ts';
import { selectRows } from '../engine/row.ts';
import { readLookupId } from '../lib/int64.ts';

/** What happened to a message, oldest first. The key is the message's ID. */
export const messagehistory = defineResource({
  name: 'messagehistory',
  type: 'MessageHistory',
  operations: ['Get'],
  isReadOnly: true,
  source: 'messagehistory',
  table: 'event',
  uniqueKey: '',
  properties: {
    Comment: { kind: 'string', readOnly: true },
    EventAt: { kind: 'int64', readOnly: true },
    EventType: {
      kind: 'string',
      readOnly: true,
      datatype: 'TMessageEventType',
      defaultValue: 'sent',
      allowed: [
        ...['sent', 'opened', 'clicked', 'bounced', 'blocked', 'unsub', 'spam', 'hardbounced'],
        ...['softbounced', 'workflowexit', 'workflowunsubscribe'],
      ],
    },
    State: { kind: 'string', readOnly: true },
    Useragent: { kind: 'string', readOnly: true },
    UseragentID: { kind: 'int32', readOnly: true },
  },
  filters: { Message: int64('messageID') },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  handlers: { get: history },
  evidence: { list: 'documented', get: 'recorded' },
});

/** Most events shown of a message: more than a life has (assumed). */
const mostEvents = 1000;

/** recorded: 200 and nothing for a message that is not there */
function history({ account, resource, key }: Call): Answer {
  const id = readLookupId(key);
  if (id === undefined) return ok([]);
  const rows = selectRows(
    account,
    'SELECT * FROM messagehistory WHERE messageID = ? ORDER BY EventAt, ID LIMIT ? + 0',
    [id, BigInt(mostEvents)],
  );
  return ok(rows.map((row) => toWire(account, resource, row)));
}
