import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { globalProperties, type SendKind } from './properties.ts';

/**
 * A message with what Globals say for all (documented): plain values of the message win, objects are merged by key, and
 * arrays are joined, globals first.
 */
export function mergeGlobals(globals: JsonObject | undefined, message: JsonObject): JsonObject {
  if (globals === undefined) return message;
  const merged: JsonObject = { ...message };
  for (const { name, kind } of globalProperties) {
    const general = globals[name];
    if (general !== undefined) merged[name] = mergeProperty(kind, general, message[name]);
  }
  return merged;
}

function mergeProperty(kind: SendKind, general: Json, own: Json): Json {
  if (own === undefined) return general;
  if (kind === 'mailboxes' || kind === 'attachments')
    return Array.isArray(general) && Array.isArray(own) ? [...general, ...own] : own;
  return isJsonObject(general) && isJsonObject(own) ? { ...general, ...own } : own;
}
