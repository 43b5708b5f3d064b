import { MailjetError } from '../../lib/errors.ts';
import { readForm } from '../../lib/form.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { parseJson } from '../../lib/json-text.ts';
import { excessOfForm, excessOfJson } from '../../lib/value-count.ts';
import { formFields } from './form-fields.ts';
import { legacyError } from './legacy-error.ts';
import { readMultipart } from './read-multipart.ts';

/**
 * The fields of a body of `/v3/send`, which is JSON unless its type says that it is a form.
 * @param contentType the header as it came; '' without one
 * @throws LegacyError
 */
export async function readFields(body: Buffer, contentType: string): Promise<JsonObject> {
  if (/^multipart\/form-data/i.test(contentType)) return readMultipart(body, contentType);
  if (isForm(contentType)) return formFields(readForm(body), []);
  return readObject(body.toString('utf8'));
}

const isForm = (contentType: string) => /^application\/x-www-form-urlencoded/i.test(contentType);

/** What a body has more of than it may have; undefined where there is nothing. @param most values or fields */
export function excessOf(body: Buffer, contentType: string, most: number): string | undefined {
  if (/^multipart\//i.test(contentType)) return undefined; // has limits of its own
  return isForm(contentType) ? excessOfForm(body, most) : excessOfJson(body, most);
}

function readObject(text: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (error instanceof MailjetError)
      throw legacyError('invalidJson', error.message.replace(/^Invalid json input: /, ''));
    throw error;
  }
  throw legacyError('invalidJson', 'expected an object');
}
