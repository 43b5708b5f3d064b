import type { JsonObject } from '../../lib/json.ts';

/**
 * The property of a message that Mockjet cannot follow yet, for a 501 that names it; undefined where there is none.
 * This file and its one caller go when templates come.
 */
export function notBuiltProperty(message: JsonObject): string | undefined {
  return message.TemplateID !== undefined && message.TemplateID !== null ? 'TemplateID' : undefined;
}
