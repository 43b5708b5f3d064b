import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { SendChecks } from './send-checks.ts';
import { type SendError, sendError } from './send-errors.ts';

/** What is wrong with properties that depend on one another. */
export function checkTogether(message: JsonObject): SendError[] {
  const errors: SendError[] = [];
  const { TemplateID, TemplateLanguage, TemplateErrorReporting, TemplateErrorDeliver } = message;
  if (isNothing(message.TextPart) && isNothing(message.HTMLPart) && TemplateID === undefined)
    errors.push(sendError('send-0003', ['TextPart', 'HTMLPart', 'TemplateID']));
  const isReported = TemplateErrorReporting !== undefined || TemplateErrorDeliver === true;
  if (isReported && TemplateLanguage !== true)
    errors.push(sendError('send-0016', ['TemplateLanguage']));
  if (message.DeduplicateCampaign === true && isNothing(message.CustomCampaign))
    errors.push(sendError('send-0012', ['CustomCampaign', 'DeduplicateCampaign']));
  return errors;
}

// assumed: an empty text is none
const isNothing = (value: Json) => value === undefined || value === '';

/**
 * What the account has against a message that is right by itself.
 * @param advanced `AdvanceErrorHandling`: without it senders and templates are not looked at before the answer, and
 *   what is wrong with them stops the mail later (recorded for senders and for a template's headers)
 */
export function checkAccount(
  message: JsonObject,
  checks: SendChecks,
  advanced: boolean,
): SendError[] {
  const errors = advanced
    ? [...checkSenders(message, checks), ...checkTemplate(message, checks)]
    : [];
  const { MonitoringCategory } = message;
  if (
    typeof MonitoringCategory === 'string' &&
    MonitoringCategory !== '' &&
    !checks.isMonitoringCategory(MonitoringCategory)
  )
    errors.push(sendError('send-0013', ['MonitoringCategory'], MonitoringCategory));
  return errors;
}

function checkSenders(message: JsonObject, checks: SendChecks): SendError[] {
  const from = emailOf(message.From) ?? templateSenderOf(message, checks);
  const sender = emailOf(message.Sender);
  const errors: SendError[] = [];
  if (from !== undefined && !checks.isSender(from))
    errors.push(sendError('send-0008', ['From'], from));
  if (sender !== undefined) {
    // documented: `SenderID`, although no property has that name
    if (!checks.maySetSender()) errors.push(sendError('send-0006', ['SenderID']));
    else if (!checks.isSender(sender)) errors.push(sendError('send-0007', ['SenderID'], sender));
  }
  return errors;
}

function checkTemplate(message: JsonObject, checks: SendChecks): SendError[] {
  const { TemplateID, HTMLPart, From } = message;
  if (typeof TemplateID !== 'number' && typeof TemplateID !== 'bigint') return [];
  const template = checks.template(BigInt(TemplateID));
  if (template === undefined) return [sendError('send-0010', ['TemplateID'], String(TemplateID))];
  const errors = template.wrongHeaders.map((name) => sendError('send-0019', [name]));
  if (!isNothing(HTMLPart) && template.hasHtml)
    errors.push(sendError('send-0004', ['HTMLPart', 'TemplateID']));
  // staff: an error since 2022; its code is inferred
  if (From === undefined && !template.hasFrom) errors.push(sendError('mj-0003', ['From']));
  return errors;
}

/** The address that a template sends from; undefined where it has none. */
function templateSenderOf({ TemplateID }: JsonObject, checks: SendChecks): string | undefined {
  if (typeof TemplateID !== 'number' && typeof TemplateID !== 'bigint') return undefined;
  return checks.template(BigInt(TemplateID))?.from || undefined;
}

function emailOf(value: Json): string | undefined {
  return isJsonObject(value) && typeof value.Email === 'string' ? value.Email : undefined;
}
