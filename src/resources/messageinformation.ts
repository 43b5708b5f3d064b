import { defineResource } from '../engine/define-resource.ts';
import { flag, int64, text } from '../engine/filter-kinds.ts';
import type { Property } from '../engine/resource.ts';
import { messageStatuses } from './message-status.ts';
import { periodOf } from './period.ts';

const shown = (kind: Property['kind'], datatype?: string): Property => ({
  kind,
  readOnly: true,
  ...(datatype === undefined ? {} : { datatype }),
});

/**
 * Counts of a message. Production puts Unix times into some of them for transactional mail (recorded three times);
 * here they are the 0 or 1 that their names say.
 */
export const messageinformation = defineResource({
  name: 'messageinformation',
  type: 'MessageInformation',
  operations: ['Get'],
  isReadOnly: true,
  source: 'messageinformation',
  table: 'message',
  uniqueKey: '',
  properties: {
    Campaign: shown('reference', 'TCampaign'), // recorded: 0 where there is none
    ClickTrackedCount: shown('int64'),
    Contact: shown('reference', 'TContact'),
    CreatedAt: shown('datetime'),
    ID: shown('int64'),
    MessageSize: shown('int64'),
    OpenTrackedCount: shown('int64'),
    QueuedCount: shown('int64'),
    SendEndAt: shown('datetime'),
    SentCount: shown('int64'),
    SpamAssassinRules: {
      ...shown('json', 'TSpamAssassinRuleList'),
      decode: () => ({ ALT: '', ID: -1 }), // recorded
    },
    SpamAssassinScore: shown('currency'),
  },
  filters: {
    CampaignID: int64('CampaignID'),
    CampaignStatus: { datatype: 'SmallInt', where: 'campaignStatus = ?' },
    ContactsList: int64('listID'),
    ContactsListID: int64('listID'),
    CustomCampaign: text('customCampaign'),
    From: { datatype: 'AnsiString', where: 'fromEmail = ? COLLATE NOCASE' },
    FromDomain: {
      datatype: 'AnsiString',
      where: "substr(fromEmail, instr(fromEmail, '@') + 1) = ? COLLATE NOCASE",
    },
    FromID: int64('SenderID'),
    FromTS: { datatype: 'TRFC3339DateTime', where: 'CreatedAt > ?' },
    FromType: { datatype: 'LongInt', where: 'campaignType = ?' },
    IsDeleted: flag('isDeleted'),
    IsNewsletterTool: flag('(newsLetterID <> 0)'),
    IsStarred: flag('isStarred'),
    MessageStatus: {
      datatype: 'TMessageStatus',
      where: 'Status IN (SELECT value FROM json_each(?))',
      value: messageStatuses,
    },
    Period: periodOf('CreatedAt'),
    ToTS: { datatype: 'TRFC3339DateTime', where: 'CreatedAt <= ?' },
  },
  sorts: [
    { property: 'ID', descending: true },
    { property: 'ArrivedAt', descending: true, column: 'CreatedAt' },
  ],
  actions: [],
  evidence: { list: 'recorded', get: 'recorded' },
});
