import type { Evidence } from '../../lib/evidence.ts';
import type { SendErrorCode } from './send-errors.ts';

/**
 * What a property holds, and how Globals and a message are put together: plain values and an own array of a message
 * win; `mailbox`, `headers` and `variables` are merged by key; `mailboxes` and `attachments` are joined, globals first.
 */
export type SendKind =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'mailbox'
  | 'mailboxes'
  | 'attachments'
  | 'headers'
  | 'variables';

/**
 * One property of a message of `/v3.1/send`; readers, tests, the support table and the API description come from these.
 * @property typeName what `mj-0004` says was expected
 * @property typeEvidence how well that name is known
 * @property required a message without it meets `mj-0003`; `unless-template`: only without a TemplateID
 * @property maxLength characters, `mj-0006`
 * @property maxItems members of an array or object, `mj-0008`
 * @property notEmpty an empty array meets `mj-0007`
 * @property allowed the only values, `mj-0005`
 * @property notGlobal not taken in Globals
 * @property members of each item of an array or of the object, with the code that an absent or empty one meets
 * @property errors codes that depend on other properties or on the account
 */
export interface SendProperty {
  name: string;
  kind: SendKind;
  typeName: string;
  typeEvidence: Evidence;
  required?: 'always' | 'unless-template';
  maxLength?: number;
  maxItems?: number;
  notEmpty?: true;
  allowed?: readonly (string | number)[];
  notGlobal?: true;
  members?: readonly SendMember[];
  errors?: readonly SendErrorCode[];
  evidence: Evidence;
}

interface SendMember {
  name: string;
  absent?: SendErrorCode;
  empty?: SendErrorCode;
}

/** Most messages in a call, and most recipients of all its messages together (recorded). */
export const mostMessages = 50;
export const mostRecipients = 50;

/** documented in 2018 for Messages, Attachments, Headers and Variables */
const mostItems = 50;

// assumed: an absent address is a missing property, an empty one is no address
const mailbox = [
  { name: 'Email', absent: 'mj-0003', empty: 'mj-0013' },
  { name: 'Name' },
] as const satisfies readonly SendMember[];

// recorded for ContentType: an absent text is reported as an empty one
const attachment = [
  { name: 'ContentType', absent: 'mj-0012', empty: 'mj-0012' },
  { name: 'Filename', absent: 'mj-0012', empty: 'mj-0012' },
  { name: 'Base64Content', absent: 'mj-0012', empty: 'mj-0012' },
] as const satisfies readonly SendMember[];

const text = {
  kind: 'string',
  typeName: 'string',
  typeEvidence: 'assumed',
  evidence: 'documented',
} as const;
const flag = { ...text, kind: 'boolean', typeName: 'boolean' } as const;
// recorded in 2017 for TemplateID
const integer = {
  ...text,
  kind: 'integer',
  typeName: 'integer',
  typeEvidence: 'recorded',
} as const;
// recorded for From and TemplateErrorReporting
const address = {
  kind: 'mailbox',
  typeName: 'emailIn',
  typeEvidence: 'recorded',
  members: mailbox,
  evidence: 'documented',
} as const;
const tracking = { ...text, allowed: ['account_default', 'disabled', 'enabled'] } as const;

/**
 * The type name of a collection: its property's, as recorded for `Messages` and `Attachments`, assumed for the rest.
 * What stands in a list of mailboxes and is no object is an `emailIn` again.
 */
const collection = (name: string) =>
  ({ name, typeName: name, typeEvidence: 'assumed', evidence: 'documented' }) as const;

/** The properties of a message, in the order in which their errors are told (assumed: that of the documentation). */
export const sendProperties: readonly SendProperty[] = [
  { name: 'From', ...address, required: 'unless-template', errors: ['send-0008'] },
  { name: 'Sender', ...address, errors: ['send-0006', 'send-0007'] },
  {
    ...collection('To'),
    kind: 'mailboxes',
    members: mailbox,
    required: 'always',
    notEmpty: true,
    notGlobal: true,
    errors: ['send-0015'],
  },
  { ...collection('Cc'), kind: 'mailboxes', members: mailbox, errors: ['send-0015'] },
  { ...collection('Bcc'), kind: 'mailboxes', members: mailbox, errors: ['send-0015'] },
  { name: 'ReplyTo', ...address },
  { name: 'Subject', ...text, maxLength: 255 },
  { name: 'TextPart', ...text, errors: ['send-0003'] },
  { name: 'HTMLPart', ...text, errors: ['send-0003', 'send-0004'] },
  {
    name: 'TemplateID',
    ...integer,
    errors: ['send-0003', 'send-0004', 'send-0010', 'send-0019'],
  },
  { name: 'TemplateLanguage', ...flag, errors: ['send-0016'] },
  { name: 'TemplateErrorReporting', ...address, errors: ['send-0016'] },
  { name: 'TemplateErrorDeliver', ...flag, errors: ['send-0016'] },
  {
    ...collection('Attachments'),
    typeEvidence: 'recorded',
    kind: 'attachments',
    members: attachment,
    maxItems: mostItems,
    errors: ['mj-0002'],
  },
  {
    ...collection('InlinedAttachments'),
    kind: 'attachments',
    members: [...attachment, { name: 'ContentID' }],
    maxItems: mostItems,
    errors: ['mj-0002'],
  },
  { name: 'Priority', ...integer, typeEvidence: 'assumed', allowed: [0, 1, 2, 3] },
  { name: 'CustomCampaign', ...text, errors: ['send-0012'] },
  { name: 'DeduplicateCampaign', ...flag, errors: ['send-0012'] },
  { name: 'TrackOpens', ...tracking },
  { name: 'TrackClicks', ...tracking },
  { name: 'CustomID', ...text },
  { name: 'EventPayload', ...text },
  { name: 'MonitoringCategory', ...text, errors: ['send-0013'] },
  { name: 'URLTags', ...text, maxLength: 256 },
  { ...collection('Headers'), kind: 'headers', maxItems: mostItems, errors: ['send-0011'] },
  { ...collection('Variables'), kind: 'variables', maxItems: mostItems },
];

/** The properties that Globals takes. */
export const globalProperties: readonly SendProperty[] = sendProperties.filter(
  ({ notGlobal }) => notGlobal !== true,
);

/** The properties of the call itself, beside Messages and Globals. */
export const callFlags = ['SandboxMode', 'AdvanceErrorHandling'] as const;

/** Names that `Headers` may not hold, in any case (documented; `Reply-To` reported). */
export const forbiddenHeaders: readonly string[] = [
  ...['From', 'Sender', 'Subject', 'To', 'Cc', 'Bcc', 'Return-Path', 'Delivered-To'],
  ...['DKIM-Signature', 'DomainKey-Status', 'Received-SPF', 'Authentication-Results', 'Received'],
  ...['X-Mailjet-Prio', 'X-Mailjet-Debug', 'User-Agent', 'X-Mailer', 'X-MJ-CustomID'],
  ...['X-MJ-EventPayload', 'X-MJ-Vars', 'X-MJ-TemplateErrorDeliver'],
  ...['X-MJ-TemplateErrorReporting', 'X-MJ-TemplateLanguage', 'X-Mailjet-TrackOpen'],
  ...['X-Mailjet-TrackClick', 'X-MJ-TemplateID', 'X-MJ-WorkflowID', 'X-Feedback-Id'],
  ...['X-Mailjet-Segmentation', 'List-Id', 'X-MJ-MID', 'X-MJ-ErrorMessage', 'Date'],
  ...['X-CSA-Complaints', 'Message-Id', 'X-Mailjet-Campaign', 'X-MJ-StatisticsContactsListID'],
  'Reply-To',
];
