import type { Evidence } from '../../lib/evidence.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import { parseJson } from '../../lib/json-text.ts';
import { readAddressList } from '../../mail/address-list.ts';
import type { Draft, Tracking } from '../../mail/draft.ts';

/**
 * A header by which a mail that comes by SMTP says what JSON says by a property.
 * @property values what it may hold, in words
 * @property read what a value says to the draft; undefined for one that means nothing, which is ignored (assumed)
 */
interface SmtpHeader {
  name: string;
  values: string;
  read(value: string): Partial<Draft> | undefined;
  evidence: Evidence;
}

const anyText = 'any text';
const documented = { evidence: 'documented' } as const;

/** Most characters of a campaign's name (documented). */
const longestCampaign = 255;

/** The headers that are read; their names count in any case. They never reach the recipient. */
export const smtpHeaders: readonly SmtpHeader[] = [
  {
    name: 'X-Mailjet-Campaign',
    values: `a text of at most ${longestCampaign} characters`,
    // assumed: a longer one names no campaign
    read: (campaign) => (campaign.length > longestCampaign ? undefined : { campaign }),
    ...documented,
  },
  {
    name: 'X-Mailjet-DeduplicateCampaign',
    values: 'true, yes, y or 1',
    read: (value) => flag(value, /^(true|yes|y|1)$/i, (is) => ({ deduplicateCampaign: is })),
    ...documented,
  },
  {
    name: 'X-Mailjet-Prio',
    values: '0 to 3',
    read: (value) => (/^[0-3]$/.test(value) ? { priority: Number(value) } : undefined),
    ...documented,
  },
  {
    name: 'X-Mailjet-TrackOpen',
    values: '0 or 1',
    read: (value) => tracking(value, (trackOpens) => ({ trackOpens })),
    ...documented,
  },
  {
    name: 'X-Mailjet-TrackClick',
    values: '0 or 1',
    read: (value) => tracking(value, (trackClicks) => ({ trackClicks })),
    ...documented,
  },
  {
    name: 'X-MJ-CustomID',
    values: anyText,
    read: (customId) => ({ customId }),
    ...documented,
  },
  {
    name: 'X-MJ-EventPayload',
    values: anyText,
    read: (eventPayload) => ({ eventPayload }),
    ...documented,
  },
  {
    name: 'X-MJ-MonitoringCategory',
    values: anyText,
    read: (monitoringCategory) => ({ monitoringCategory }),
    ...documented,
  },
  {
    name: 'X-MJ-TemplateID',
    values: 'the number of a template',
    read: (value) => (/^\d{1,18}$/.test(value) ? { template: BigInt(value) } : undefined),
    ...documented,
  },
  {
    name: 'X-MJ-TemplateLanguage',
    values: '1 (reported: "true" does not work)',
    read: (value) => flag(value, /^1$/, (templateLanguage) => ({ templateLanguage })),
    evidence: 'reported',
  },
  {
    name: 'X-MJ-TemplateErrorReporting',
    values: 'an address',
    read(value) {
      const [templateErrorReporting] = readAddressList(value);
      return templateErrorReporting && { templateErrorReporting };
    },
    ...documented,
  },
  {
    name: 'X-MJ-TemplateErrorDeliver',
    values: 'deliver or 0',
    read: (value) =>
      flag(value, /^deliver$/i, (templateErrorDeliver) => ({ templateErrorDeliver })),
    ...documented,
  },
  {
    name: 'X-MJ-Vars',
    values: 'an object in JSON',
    read(value) {
      const variables = readJson(value);
      return isJsonObject(variables) ? { variables } : undefined;
    },
    ...documented,
  },
];

/** A flag that is on by some words, and off by the usual ones (assumed). */
function flag(
  value: string,
  on: RegExp,
  say: (is: boolean) => Partial<Draft>,
): Partial<Draft> | undefined {
  if (on.test(value)) return say(true);
  return /^(false|no|n|0)$/i.test(value) ? say(false) : undefined;
}

function tracking(
  value: string,
  say: (tracking: Tracking) => Partial<Draft>,
): Partial<Draft> | undefined {
  if (value === '0') return say('disabled');
  return value === '1' ? say('enabled') : undefined;
}

function readJson(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
