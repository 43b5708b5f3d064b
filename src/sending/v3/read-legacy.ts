import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { readAddressList } from '../../mail/address-list.ts';
import { type Draft, emptyDraft, type Mailbox, type Warning } from '../../mail/draft.ts';
import { addWarning } from '../add-warning.ts';
import { LegacyError, legacyError } from './legacy-error.ts';
import { type LegacyFields, matchProperties } from './match-properties.ts';
import { mostMessages } from './properties.ts';
import { readAttachments } from './read-attachments.ts';
import { readHeaders } from './read-headers.ts';
import { checked, readRecipients } from './read-recipients.ts';
import {
  asFlag,
  asObject,
  asPriority,
  asTemplate,
  asText,
  asTracking,
  holdsNull,
  unwrapped,
} from './values.ts';

/** A body of `/v3/send`, read: its mails, or why it is refused. */
export type LegacyReading = { drafts: Draft[] } | { status: number; reason: string };

/**
 * Reads and checks the fields of `/v3/send`: one message, or `Messages`. The first fault refuses the whole call
 * (assumed), with a status and a reason phrase.
 */
export function readLegacy(fields: JsonObject): LegacyReading {
  try {
    if (holdsNull(fields)) throw legacyError('nullValue'); // recorded
    const messages = messagesOf(fields);
    if (messages.length > mostMessages) throw legacyError('tooManyMessages');
    const drafts = messages.flatMap(readMessage);
    return { drafts };
  } catch (error) {
    if (error instanceof LegacyError) return { status: error.status, reason: error.message };
    throw error;
  }
}

/** assumed: an item that is no message, and no item at all, lack a sender like an empty message */
function messagesOf(fields: JsonObject): JsonObject[] {
  const name = Object.keys(fields).find((key) => key.toLowerCase() === 'messages');
  const messages = name === undefined ? undefined : unwrapped(fields[name]);
  if (!Array.isArray(messages)) return [fields];
  if (messages.length === 0) return [{}];
  return messages.map((item) => (isJsonObject(item) ? item : {}));
}

/** The mails of one message: those of Recipients differ in recipient and variables alone. */
function readMessage(object: JsonObject): Draft[] {
  const warnings: Warning[] = [];
  const fields = matchProperties(object, warnings);
  const from = readFrom(fields);
  const addressed = readRecipients(fields);
  if (fields.Recipients !== undefined && (fields.To ?? fields.Cc ?? fields.Bcc) !== undefined)
    addWarning(
      warnings,
      'recipients-ignored',
      () => '"To", "Cc" and "Bcc" were ignored: they cannot stand beside "Recipients".',
    );
  const shared = readShared(fields, from);
  const vars = asObject(fields.Vars, 'varsNotObject');
  return addressed.map(({ to, cc, bcc, vars: own }) => ({
    ...shared,
    to,
    cc,
    bcc,
    variables: { ...vars, ...own }, // documented: the recipient's win
    warnings: [...warnings],
  }));
}

/** `"Name" <address>` or an address, with FromName before the name in it; the account's own sender for `Sender` alone. */
function readFrom({ FromEmail, FromName, Sender }: LegacyFields): Mailbox {
  const name = asText(FromName);
  const mailbox = firstAddress(FromEmail);
  if (mailbox !== undefined) return checked({ ...mailbox, name: name || mailbox.name });
  if (!asFlag(Sender)) throw legacyError('noSender');
  return { email: '', name };
}

function firstAddress(value: Json): Mailbox | undefined {
  return readAddressList(asText(value))[0];
}

function readShared(fields: LegacyFields, from: Mailbox): Draft {
  const headers = readHeaders(fields.Headers);
  const replyTo = headers.find(({ name }) => name.toLowerCase() === 'reply-to');
  return {
    ...emptyDraft('v3'),
    from,
    replyTo: firstAddress(replyTo?.value),
    subject: asText(fields.Subject),
    text: asText(fields['Text-part']),
    html: asText(fields['Html-part']),
    headers: headers.filter((header) => header !== replyTo),
    attachments: [
      ...readAttachments(fields.Attachments, false),
      ...readAttachments(fields.Inline_attachments, true),
    ],
    customId: asText(fields['Mj-CustomID']),
    eventPayload: asText(fields['Mj-EventPayLoad']),
    campaign: asText(fields['Mj-campaign']),
    deduplicateCampaign: asFlag(fields['Mj-deduplicatecampaign']),
    monitoringCategory: asText(fields['Mj-MonitoringCategory']),
    priority: asPriority(fields['Mj-prio']),
    trackOpens: asTracking(fields['Mj-trackopen']),
    trackClicks: asTracking(fields['Mj-trackclick']),
    template: asTemplate(fields['Mj-TemplateID']),
    templateLanguage: asFlag(fields['Mj-TemplateLanguage']),
    templateErrorReporting: firstAddress(fields['Mj-TemplateErrorReporting']),
    templateErrorDeliver: asFlag(fields['Mj-TemplateErrorDeliver']),
  };
}
