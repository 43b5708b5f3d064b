import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Attachment } from '../../mail/draft.ts';
import { safeFileName } from '../../mail/file-name.ts';
import { legacyError } from './legacy-error.ts';
import { memberOf } from './match-properties.ts';
import { asText, unwrapped } from './values.ts';

/** `Attachments` or `Inline_attachments`, decoded. @throws LegacyError for what is no base64 (assumed) */
export function readAttachments(value: Json, isInline: boolean): Attachment[] {
  const items = unwrapped(value);
  if (!Array.isArray(items)) return [];
  return items.filter(isJsonObject).map((item) => readAttachment(item, isInline));
}

function readAttachment(item: JsonObject, isInline: boolean): Attachment {
  const content = asText(memberOf(item, 'content'));
  if (/[^A-Za-z0-9+/=\s]/.test(content)) throw legacyError('badStream');
  const filename = asText(memberOf(item, 'Filename'));
  return {
    filename: safeFileName(filename),
    contentType: asText(memberOf(item, 'Content-type')) || 'application/octet-stream', // assumed
    content: Buffer.from(content, 'base64'),
    contentId: isInline ? filename : '', // documented: `cid:` names the file
    isInline,
  };
}
