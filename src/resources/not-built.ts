/** Resources that production has and Mockjet lacks: they answer 501. From the metadata of 2021 and the OpenAPI file of 2025. */
export const notBuilt: ReadonlySet<string> = new Set([
  'activitycounters',
  'aggregategraphstatistics',
  'apikeyaccess',
  'apikeyaccessgrantor',
  'apikeytotals',
  'apitoken',
  'apppreferences',
  'axtesting',
  'bouncestatistics',
  'campaign',
  'campaignaggregate',
  'campaigndraft',
  'campaigngraphstatistics',
  'campaignoverview',
  'campaignstatistics',
  'clickstatistics',
  'contactactivity',
  'contactfilter',
  'contacthistorydata',
  'contactslistsignup',
  'contactstatistics',
  'dns',
  'domainstatistics',
  'eventcallbackurl',
  'geostatistics',
  'graphstatistics',
  'listrecipientstatistics',
  'liststatistics',
  'message',
  'messagehistory',
  'messageinformation',
  'messagesentstatistics',
  'messagestate',
  'messagestatistics',
  'metasender',
  'newsletter',
  'newslettertemplate',
  'newslettertemplatecategory',
  'openinformation',
  'openstatistics',
  'parseroute',
  'preferences',
  'preset',
  'returnpath',
  'senderstatistics',
  'statcounters',
  'template',
  'toplinkclicked',
  'useractivity',
  'useragent',
  'useragentstatistics',
  'widget',
  'widgetcustomvalue',
  'workflow',
  'workflowstatistics',
]);

/** Resources of the new back end, whose errors have another shape. */
const ofNewBackEnd = new Set(['template', 'statistics', 'recipient-esp']);

/** True for a resource that Mailjet has. */
export function isNotBuilt(name: string): boolean {
  return notBuilt.has(name.toLowerCase()) || isOfNewBackEnd(name);
}

/** True for a resource whose answers are those of the new back end. */
export function isOfNewBackEnd(name: string): boolean {
  return ofNewBackEnd.has(name.toLowerCase());
}
