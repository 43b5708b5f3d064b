import type { Evidence } from '../../lib/evidence.ts';

/** What a property of `/v3/send` holds; numbers and flags may be texts, as a form has nothing else. */
type LegacyKind =
  | 'text'
  | 'flag'
  | 'number'
  | 'address'
  | 'addresses'
  | 'recipients'
  | 'attachments'
  | 'object'
  | 'template';

/**
 * One property of a message of `/v3/send`; its name counts in any case.
 * @property also other spellings that count
 * @property inForm short names that a form has for it (php-simple), which JSON must not have: `From` is one of v3.1
 * @property v31 the property of `/v3.1/send` that says the same: ignored here (reported), so a warning names this one
 */
interface LegacyProperty {
  name: string;
  kind: LegacyKind;
  also?: readonly string[];
  inForm?: readonly string[];
  v31?: string;
  evidence: Evidence;
}

const documented = { evidence: 'documented' } as const;

export const legacyProperties = [
  { name: 'FromEmail', kind: 'address', inForm: ['from'], v31: 'From', ...documented },
  { name: 'FromName', kind: 'text', ...documented },
  { name: 'Sender', kind: 'flag', ...documented },
  { name: 'Recipients', kind: 'recipients', ...documented },
  { name: 'To', kind: 'addresses', ...documented },
  { name: 'Cc', kind: 'addresses', ...documented },
  { name: 'Bcc', kind: 'addresses', ...documented },
  { name: 'Subject', kind: 'text', ...documented },
  { name: 'Text-part', kind: 'text', inForm: ['text'], v31: 'TextPart', ...documented },
  { name: 'Html-part', kind: 'text', inForm: ['html'], v31: 'HTMLPart', ...documented },
  { name: 'Mj-TemplateID', kind: 'template', v31: 'TemplateID', ...documented },
  { name: 'Mj-TemplateLanguage', kind: 'flag', v31: 'TemplateLanguage', ...documented },
  {
    name: 'Mj-TemplateErrorReporting',
    kind: 'address',
    v31: 'TemplateErrorReporting',
    ...documented,
  },
  { name: 'Mj-TemplateErrorDeliver', kind: 'flag', v31: 'TemplateErrorDeliver', ...documented },
  { name: 'Attachments', kind: 'attachments', inForm: ['attachment'], ...documented },
  {
    name: 'Inline_attachments',
    kind: 'attachments',
    also: ['Inline-attachments', 'InlineAttachments'],
    inForm: ['inlineattachment', 'inline_attachment', 'inline-attachment'],
    v31: 'InlinedAttachments',
    ...documented,
  },
  { name: 'Mj-prio', kind: 'number', v31: 'Priority', ...documented },
  { name: 'Mj-campaign', kind: 'text', v31: 'CustomCampaign', ...documented },
  { name: 'Mj-deduplicatecampaign', kind: 'flag', v31: 'DeduplicateCampaign', ...documented },
  { name: 'Mj-trackopen', kind: 'number', v31: 'TrackOpens', ...documented },
  { name: 'Mj-trackclick', kind: 'number', v31: 'TrackClicks', ...documented },
  { name: 'Mj-CustomID', kind: 'text', v31: 'CustomID', ...documented },
  { name: 'Mj-EventPayLoad', kind: 'text', v31: 'EventPayload', ...documented },
  { name: 'Mj-MonitoringCategory', kind: 'text', v31: 'MonitoringCategory', ...documented },
  { name: 'Headers', kind: 'object', ...documented },
  { name: 'Vars', kind: 'object', v31: 'Variables', ...documented },
] as const satisfies readonly LegacyProperty[];

export type LegacyName = (typeof legacyProperties)[number]['name'];

/** Most messages in a call (documented). */
export const mostMessages = 100;

/** Most recipients in each of To, Cc and Bcc (documented), and in Recipients (assumed). */
export const mostRecipients = 50;
