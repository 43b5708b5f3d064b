import type { Filter } from '../engine/filter.ts';
import { caseless, flag, likeFilters, memberOf, moment } from '../engine/filter-kinds.ts';
import { statusOf } from './contact-history.ts';

/** Filters that contact and contactdata share. @param source the table or view that is listed */
export const contactFilters = (source: string): Record<string, Filter> => ({
  // documented: contacts that the campaign was sent to
  Campaign: {
    datatype: 'Int64',
    choose:
      'SELECT DISTINCT ContactID AS chosenID FROM message WHERE CampaignID = ? AND CampaignID <> 0',
  },
  ContactsList: memberOf('listrecipient', 'ContactID', 'ListID'),
  IsExcludedFromCampaigns: flag('IsExcludedFromCampaigns'),
  IsUnsubscribed: flag("(UnsubscribedAt <> '')"), // reported: means unsubscribed from all lists
  LastActivityAt: moment('LastActivityAt'),
  Status: statusOf(`${source}.ID`),
  Email: { ...caseless('Email'), unlisted: true },
  ...likeFilters('Email', 'Email'),
  IncludeAnonymized: { datatype: 'Boolean', where: "(? OR anonymizedAt = '')", unlisted: true },
});
