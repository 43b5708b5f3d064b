import { MailjetError } from '../../lib/errors.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { parseJson } from '../../lib/json-text.ts';
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
  const text = body.toString('utf8');
  if (/^application\/x-www-form-urlencoded/i.test(contentType))
    return formFields(new URLSearchParams(text), []);
  return readObject(text);
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
