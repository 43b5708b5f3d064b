import type { BackEnd } from '../engine/resource.ts';
import { resources } from './all.ts';

/** The resources of production's metadata of 2021, but those that the new back end answers. */
const ofOldBackEnd = `
  aggregategraphstatistics apikey apikeyaccess apikeyaccessgrantor apikeytotals apitoken
  apppreferences axtesting batchjob bouncestatistics campaign campaignaggregate campaigndraft
  campaigngraphstatistics campaignoverview campaignstatistics clickstatistics contact contactdata
  contactfilter contacthistorydata contactmetadata contactslist contactslistsignup
  contactstatistics csvimport dns domainstatistics eventcallbackurl geostatistics graphstatistics
  listrecipient listrecipientstatistics liststatistics message messagehistory messageinformation
  messagesentstatistics messagestate messagestatistics metadata metasender myprofile newsletter
  newslettertemplate newslettertemplatecategory openinformation openstatistics parseroute
  preferences preset sender senderstatistics statcounters toplinkclicked user useractivity
  useragentstatistics widget widgetcustomvalue workflow workflowstatistics
`;
/** Those that the OpenAPI file of 2025 adds. */
const later = 'activitycounters contactactivity returnpath useragent';
/** recorded for template and statistics, inferred for recipient-esp */
const ofNewBackEnd = 'template statistics recipient-esp';

const names = (text: string) => text.trim().split(/\s+/);
const built = new Set(resources.map(({ name }) => name));

/** Resources that Mailjet has and Mockjet lacks, by the back end that answers them: they answer 501. */
export const notBuilt: ReadonlyMap<string, BackEnd> = new Map(
  [
    ...[...names(ofOldBackEnd), ...names(later)].map((name) => [name, 'old'] as const),
    ...names(ofNewBackEnd).map((name) => [name, 'new'] as const),
  ]
    .filter(([name]) => !built.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
