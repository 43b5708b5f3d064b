import type { Answer, Call } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import type { Filter } from '../engine/filter.ts';
import { int64, text } from '../engine/filter-kinds.ts';
import { get } from '../engine/read.ts';
import { exportOf } from './export.ts';
import { messageStatuses } from './message-status.ts';

/** `ShowSubject=true` and its like: read where the property is shown. */
const shows: Filter = { datatype: 'TBooleanFilter', readElsewhere: true };
const whenShown = (filter: string) => ({
  /** documented: ShowSubject and ShowContactAlt leave an empty text, ShowCustomID leaves the property out */
  decode: (stored: unknown, _account: unknown, query?: { flag(name: string): boolean }) =>
    query?.flag(filter) ? String(stored) : filter === 'ShowCustomID' ? undefined : '',
});
const unlessZero = {
  decode: (stored: unknown) => (stored === 0n ? undefined : (stored as bigint)),
}; // an integer column

export const message = defineResource({
  name: 'message',
  type: 'Message',
  operations: ['Get'],
  source: 'sentmessage',
  table: 'message',
  uniqueKey: '',
  properties: {
    ArrivedAt: { kind: 'datetime' },
    AttachmentCount: { kind: 'int32' },
    AttemptCount: { kind: 'int32' },
    Campaign: { kind: 'reference', datatype: 'TCampaign', required: true, ...unlessZero }, // recorded: left out
    Contact: { kind: 'reference', datatype: 'TContact', required: true },
    ContactAlt: { kind: 'string', ...whenShown('ShowContactAlt') },
    CustomID: { kind: 'string', ...whenShown('ShowCustomID') },
    Delay: { kind: 'currency' },
    Destination: { kind: 'reference', datatype: 'TDestination', required: true },
    FilterTime: { kind: 'int32' },
    // recorded: in metadata, and not in the object
    From: { kind: 'reference', datatype: 'TSender', required: true, decode: () => undefined },
    ID: { kind: 'int64', readOnly: true },
    IsClickTracked: { kind: 'boolean', defaultValue: 'false' },
    IsHTMLPartIncluded: { kind: 'boolean', defaultValue: 'false' },
    IsOpenTracked: { kind: 'boolean', defaultValue: 'false' },
    IsTextPartIncluded: { kind: 'boolean', defaultValue: 'false' },
    IsUnsubTracked: { kind: 'boolean', defaultValue: 'false' },
    MessageSize: { kind: 'int64' },
    Sender: { kind: 'reference', datatype: 'TSender' },
    SpamassassinScore: { kind: 'currency' },
    SpamassRules: { kind: 'string' },
    State: { kind: 'reference', datatype: 'TMessageState', ...unlessZero }, // recorded: there once a state exists
    StatePermanent: { kind: 'boolean', defaultValue: 'false' },
    Status: {
      kind: 'string',
      allowed: [
        ...[
          'processed',
          'queued',
          'sent',
          'opened',
          'clicked',
          'bounce',
          'spam',
          'unsub',
          'blocked',
        ],
        ...['softbounced', 'hardbounced', 'deferred', 'unknown', 'unknown'], // recorded: twice
      ],
    },
    Subject: { kind: 'string', ...whenShown('ShowSubject') },
    UUID: { kind: 'string' },
  },
  filters: {
    BounceReason: {
      datatype: 'AnsiString',
      where: 'StateID IN (SELECT ID FROM messagestate WHERE State = ? COLLATE NOCASE)', // assumed
    },
    Campaign: int64('CampaignID'),
    CampaignID: int64('CampaignID'),
    Contact: int64('ContactID'),
    ContactAlt: text('ContactAlt'),
    ContactID: int64('ContactID'),
    CustomID: text('CustomID'),
    Destination: int64('DestinationID'),
    From: { datatype: 'AnsiString', where: 'fromEmail = ? COLLATE NOCASE' },
    FromDomain: {
      datatype: 'AnsiString',
      where: "substr(fromEmail, instr(fromEmail, '@') + 1) = ? COLLATE NOCASE",
    },
    FromID: int64('SenderID'),
    FromTS: { datatype: 'TRFC3339DateTime', where: 'ArrivedAt > ?' }, // reported: exclusive
    FromType: {
      datatype: 'SmallInt',
      where: 'coalesce((SELECT CampaignType FROM campaign WHERE campaign.ID = CampaignID), 1) = ?',
    },
    MessageState: int64('StateID'),
    MessageStatus: {
      datatype: 'AnsiString',
      where: 'Status IN (SELECT value FROM json_each(?))',
      value: messageStatuses,
    },
    PlanSubscription: { datatype: 'Int64', notBuilt: true }, // nothing tells which plan sent a message
    Sender: int64('SenderID'),
    SenderID: int64('SenderID'),
    ShowContactAlt: shows,
    ShowCustomID: shows,
    ShowSubject: shows,
    ToTS: { datatype: 'TRFC3339DateTime', where: 'ArrivedAt <= ?' },
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'ArrivedAt', descending: true },
  ],
  newestFirst: true, // reported: without a filter the latest ten come
  actions: [exportOf('message')],
  handlers: { get: getMessage },
  evidence: { list: 'recorded', get: 'recorded' },
});

/** Under the pace `polled` a message that was read takes a step. */
function getMessage(call: Call): Answer {
  const answer = get(call);
  const id = 'rows' in answer ? answer.rows[0]?.ID : undefined;
  return 'rows' in answer && typeof id === 'bigint' ? { ...answer, message: id } : answer;
}
