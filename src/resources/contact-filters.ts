import type { Filter } from '../engine/filter.ts';
import { caseless, flag, likeFilters, memberOf, moment } from '../engine/filter-kinds.ts';

/** Filters that contact and contactdata share. */
export const contactFilters: Record<string, Filter> = {
  Campaign: { datatype: 'Int64', notBuilt: true },
  ContactsList: memberOf('listrecipient', 'ContactID', 'ListID'),
  IsExcludedFromCampaigns: flag('IsExcludedFromCampaigns'),
  IsUnsubscribed: flag("(UnsubscribedAt <> '')"), // reported: means unsubscribed from all lists
  LastActivityAt: moment('LastActivityAt'),
  Status: { datatype: 'AnsiString', notBuilt: true },
  Email: { ...caseless('Email'), unlisted: true },
  ...likeFilters('Email', 'Email'),
  IncludeAnonymized: { datatype: 'Boolean', where: "(? OR anonymizedAt = '')", unlisted: true },
};
