import type { Filter } from '../engine/filter.ts';
import { emailFilters } from './email-filters.ts';

/** Filters that contact and contactdata share. */
export const contactFilters: Record<string, Filter> = {
  Campaign: { datatype: 'Int64' },
  ContactsList: {
    datatype: 'Int64',
    choose: 'SELECT ContactID AS chosenID FROM listrecipient WHERE ListID = ?',
  },
  IsExcludedFromCampaigns: { datatype: 'TBooleanFilter', where: 'IsExcludedFromCampaigns = ?' },
  // reported: means unsubscribed from all lists
  IsUnsubscribed: { datatype: 'TBooleanFilter', where: "(UnsubscribedAt <> '') = ?" },
  LastActivityAt: { datatype: 'TRFC3339DateTime', where: 'LastActivityAt = ?' },
  Status: { datatype: 'AnsiString' },
  ...emailFilters('Email'),
  IncludeAnonymized: { datatype: 'Boolean', where: "(? OR anonymizedAt = '')", unlisted: true },
};
