import type { JsonObject } from '../lib/json.ts';
import type { TemplateError } from '../templating/template-error.ts';

/** A mailbox: an address and its display name, '' where none was given. */
export interface Mailbox {
  email: string;
  name: string;
}

/**
 * A decoded attachment.
 * @property contentId what `cid:` in the HTML names, without angle brackets; '' where there is none
 * @property isInline true for what belongs into the HTML (`InlinedAttachments`, `Inline_attachments`)
 */
export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
  contentId: string;
  isInline: boolean;
}

/** A header of the sender's own, its name as he spelt it. */
export interface Header {
  name: string;
  value: string;
}

/**
 * Something that production keeps silent about.
 * @property code stable: unknown-key, key-case, v31-names-in-v3, recipients-ignored, template-language-forgotten,
 *   no-text-part, no-content, cid-without-attachment, inline-attachment-unused, recipient-twice, header-left-out,
 *   sender-not-validated, recipient-unsubscribed, recipient-excluded ...
 * @property message a sentence that says what was seen and how to mend it
 */
export interface Warning {
  code: string;
  message: string;
}

export type Tracking = 'account_default' | 'enabled' | 'disabled';

/**
 * What somebody sends, read and checked, whoever the sender was. One draft is one mail.
 * Texts are '' where there are none.
 * @property source who hands it in; `mailjet` for a report of Mailjet's own
 * @property from its `email` is '' where the template, or for v3 the account's own sender, has to give it
 * @property headers the sender's own, in their order
 * @property priority 0 to 3; 2 without (documented)
 * @property template an ID, or for v3 a name
 * @property templateErrors what is wrong with the templates, once it is rendered
 * @property blockedFor ID of the reason in `messagestate` for which its template has it blocked
 */
export interface Draft {
  source: 'v3.1' | 'v3' | 'smtp' | 'mailjet';
  from: Mailbox;
  sender: Mailbox | undefined;
  replyTo: Mailbox | undefined;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  subject: string;
  text: string;
  html: string;
  headers: Header[];
  attachments: Attachment[];
  customId: string;
  eventPayload: string;
  campaign: string;
  deduplicateCampaign: boolean;
  monitoringCategory: string;
  priority: number;
  trackOpens: Tracking;
  trackClicks: Tracking;
  urlTags: string;
  template: bigint | string | undefined;
  templateLanguage: boolean;
  templateErrorReporting: Mailbox | undefined;
  templateErrorDeliver: boolean;
  variables: JsonObject;
  templateErrors: TemplateError[];
  blockedFor: number | undefined;
  sandbox: boolean;
  warnings: Warning[];
}

/** A draft that says nothing yet: what a sender leaves out has these values. */
export function emptyDraft(source: Draft['source']): Draft {
  return {
    source,
    from: { email: '', name: '' },
    sender: undefined,
    replyTo: undefined,
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: '',
    html: '',
    headers: [],
    attachments: [],
    customId: '',
    eventPayload: '',
    campaign: '',
    deduplicateCampaign: false,
    monitoringCategory: '',
    priority: 2,
    trackOpens: 'account_default',
    trackClicks: 'account_default',
    urlTags: '',
    template: undefined,
    templateLanguage: false,
    templateErrorReporting: undefined,
    templateErrorDeliver: false,
    variables: {},
    templateErrors: [],
    blockedFor: undefined,
    sandbox: false,
    warnings: [],
  };
}
