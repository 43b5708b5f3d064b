import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import {
  type Attachment,
  type Draft,
  emptyDraft,
  type Header,
  type Mailbox,
  type Tracking,
  type Warning,
} from '../../mail/draft.ts';
import { safeFileName } from '../../mail/file-name.ts';

/** Attachments decoded already, by what they were read from: those of Globals belong to all messages. */
export type Decoded = Map<JsonObject, Attachment>;

/** The draft of a message whose types and values are right. */
export function toDraft(
  message: JsonObject,
  sandbox: boolean,
  warnings: Warning[],
  decoded: Decoded,
): Draft {
  return {
    ...emptyDraft('v3.1'),
    from: mailbox(message.From) ?? { email: '', name: '' },
    sender: mailbox(message.Sender),
    replyTo: mailbox(message.ReplyTo),
    to: mailboxes(message.To),
    cc: mailboxes(message.Cc),
    bcc: mailboxes(message.Bcc),
    subject: text(message.Subject),
    text: text(message.TextPart),
    html: text(message.HTMLPart),
    headers: headers(message.Headers),
    attachments: [
      ...attachments(message.Attachments, false, decoded),
      ...attachments(message.InlinedAttachments, true, decoded),
    ],
    customId: text(message.CustomID),
    eventPayload: text(message.EventPayload),
    campaign: text(message.CustomCampaign),
    deduplicateCampaign: message.DeduplicateCampaign === true,
    monitoringCategory: text(message.MonitoringCategory),
    priority: typeof message.Priority === 'number' ? message.Priority : 2,
    trackOpens: tracking(message.TrackOpens),
    trackClicks: tracking(message.TrackClicks),
    urlTags: text(message.URLTags),
    template: id(message.TemplateID),
    templateLanguage: message.TemplateLanguage === true,
    templateErrorReporting: mailbox(message.TemplateErrorReporting),
    templateErrorDeliver: message.TemplateErrorDeliver === true,
    variables: isJsonObject(message.Variables) ? message.Variables : {},
    sandbox,
    warnings,
  };
}

const text = (value: Json) => (typeof value === 'string' ? value : '');

const id = (value: Json) =>
  typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : undefined;

function tracking(value: Json): Tracking {
  return value === 'enabled' || value === 'disabled' ? value : 'account_default';
}

function mailbox(value: Json): Mailbox | undefined {
  return isJsonObject(value) ? { email: text(value.Email), name: text(value.Name) } : undefined;
}

function mailboxes(value: Json): Mailbox[] {
  return objects(value).map(({ Email, Name }) => ({ email: text(Email), name: text(Name) }));
}

function headers(value: Json): Header[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([name, header]) => ({ name, value: text(header) }));
}

function attachments(value: Json, isInline: boolean, decoded: Decoded): Attachment[] {
  return objects(value).map((item) => {
    const known = decoded.get(item);
    if (known !== undefined) return known;
    const filename = text(item.Filename);
    const attachment: Attachment = {
      filename: safeFileName(filename),
      contentType: text(item.ContentType),
      content: Buffer.from(text(item.Base64Content), 'base64'),
      // inferred from v3: without a ContentID the file name is what `cid:` names
      contentId: isInline ? text(item.ContentID).replace(/^<|>$/g, '') || filename : '',
      isInline,
    };
    decoded.set(item, attachment);
    return attachment;
  });
}

function objects(value: Json): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
