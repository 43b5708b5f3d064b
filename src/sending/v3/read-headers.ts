import type { Json } from '../../lib/json.ts';
import type { Header } from '../../mail/draft.ts';
import { legacyError } from './legacy-error.ts';
import { asObject } from './values.ts';

/** @throws LegacyError for headers that are no texts, or that hold what no header can (line breaks, assumed: controls) */
export function readHeaders(value: Json): Header[] {
  const headers = asObject(value, 'headersNotObject');
  return Object.keys(headers).map((name) => {
    const text = headers[name];
    if (typeof text !== 'string') throw legacyError('headerNotText', name);
    if (!/^[!-9;-~]+$/.test(name) || /[\x00-\x08\x0a-\x1f\x7f]/.test(text))
      throw legacyError('invalidCharacters');
    return { name, value: text };
  });
}
