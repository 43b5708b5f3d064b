import { defineResource } from '../engine/define-resource.ts';
import { flag, int64, text } from '../engine/filter-kinds.ts';
import type { Property } from '../engine/resource.ts';
import { beginOfPeriod } from '../lib/clock.ts';
import { periodOf } from './period.ts';

const ignored = (kind: Property['kind']): Property => ({ kind, readOnly: true });
/** recorded: left out where it is not set */
const unlessZero = (datatype: string): Property => ({
  kind: 'reference',
  datatype,
  readOnly: true,
  decode: (stored) => (stored === 0n ? undefined : (stored as bigint)), // an integer column
});

/** What belongs together: the mails of a `CustomCampaign`. A list without `FromTS` or `Period` shows today's alone (reported). */
export const campaign = defineResource({
  name: 'campaign',
  type: 'Campaign',
  operations: ['Get', 'Put'],
  source: 'campaign',
  table: 'campaign',
  uniqueKey: 'CustomValue',
  keyColumns: ['CustomValue'],
  properties: {
    CampaignType: ignored('int32'),
    ClickTracked: ignored('int64'),
    CreatedAt: ignored('datetime'),
    CustomValue: ignored('string'),
    FirstMessageID: ignored('int64'),
    From: { kind: 'reference', datatype: 'TSender', readOnly: true },
    FromEmail: { kind: 'email', required: true, readOnly: true },
    FromName: ignored('string'),
    HasHtmlCount: ignored('int64'),
    HasTxtCount: ignored('int64'),
    ID: ignored('int64'),
    IsDeleted: { kind: 'boolean', defaultValue: 'false' },
    IsStarred: { kind: 'boolean', defaultValue: 'false' },
    List: { kind: 'reference', datatype: 'TContactsList', readOnly: true },
    NewsLetterID: ignored('int64'),
    OpenTracked: ignored('int64'),
    Segmentation: unlessZero('TContactFilter'),
    SendEndAt: ignored('datetime'),
    SendStartAt: ignored('datetime'),
    SpamassScore: ignored('currency'),
    Status: ignored('int16'),
    Subject: ignored('string'),
    UnsubscribeTrackedCount: ignored('int64'),
    Workflow: unlessZero('TWorkflow'),
  },
  filters: {
    CampaignID: int64('ID'),
    CampaignStatus: { datatype: 'SmallInt', where: 'Status = ?' },
    ContactsList: int64('ListID'),
    ContactsListID: int64('ListID'),
    CustomCampaign: text('CustomValue'),
    From: { datatype: 'AnsiString', where: 'FromEmail = ? COLLATE NOCASE' },
    FromDomain: {
      datatype: 'AnsiString',
      where: "substr(FromEmail, instr(FromEmail, '@') + 1) = ? COLLATE NOCASE",
    },
    FromID: int64('FromID'),
    FromTS: { datatype: 'TRFC3339DateTime', where: 'CreatedAt > ?' }, // reported of messages: exclusive
    FromType: { datatype: 'LongInt', where: 'CampaignType = ?' },
    IsDeleted: flag('IsDeleted'),
    IsNewsletterTool: flag('(NewsLetterID <> 0)'),
    IsStarred: flag('IsStarred'),
    Period: periodOf('CreatedAt'),
    ToTS: { datatype: 'TRFC3339DateTime', where: 'CreatedAt <= ?' },
    WorkflowID: int64('WorkflowID'),
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [],
  listed: {
    where: 'CreatedAt >= ?',
    values: (account) => [beginOfPeriod(account.clock.now(), 'day')],
    // assumed: who names a campaign finds it whenever it was
    unless: ['FromTS', 'ToTS', 'Period', 'CampaignID', 'CustomCampaign'],
  },
  evidence: { list: 'reported', get: 'documented', update: 'documented' },
});
