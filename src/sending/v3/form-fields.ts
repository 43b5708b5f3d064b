import type { JsonObject } from '../../lib/json.ts';
import { legacyProperties } from './properties.ts';

/** A file of a form, and the field that it stands in. */
export interface FormFile {
  field: string;
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Short names of a form, without an index: php-simple writes `from`, `text` and `attachment` (reported). */
const shortNames = new Map<string, string>(
  legacyProperties.flatMap((property) =>
    'inForm' in property ? property.inForm.map((short) => [short, property.name] as const) : [],
  ),
);
const lists = new Set(['to', 'cc', 'bcc']);
const inline = /^inline/i;

/** A form as the fields of a message: repeated addresses are one list, of the rest the last counts (assumed). */
export function formFields(
  fields: Iterable<readonly [string, string]>,
  files: readonly FormFile[],
): JsonObject {
  const found = new Map<string, string[]>();
  for (const [given, value] of fields) {
    const name = plainName(given);
    const values = found.get(name);
    if (values === undefined) found.set(name, [value]);
    else values.push(value);
  }
  const members = [...found].map(
    ([name, values]) =>
      [name, lists.has(name.toLowerCase()) ? values.join(', ') : values.at(-1)] as const,
  );
  return { ...Object.fromEntries(members), ...attached(files) };
}

/** The name of a field without the index that PHP adds to lists. */
function plainName(given: string): string {
  const bracket = given.indexOf('[');
  const name = bracket > 0 ? given.slice(0, bracket) : given;
  return shortNames.get(name.toLowerCase()) ?? name;
}

/** Files as attachments; whatever their field is called, they are inline when it begins so (assumed). */
function attached(files: readonly FormFile[]): JsonObject {
  const list = (isInline: boolean) =>
    files
      .filter(({ field }) => inline.test(field) === isInline)
      .map(({ filename, contentType, content }) => ({
        Filename: filename,
        'Content-type': contentType,
        content: content.toString('base64'),
      }));
  const [plain, inlined] = [list(false), list(true)];
  return {
    ...(plain.length > 0 ? { Attachments: plain } : {}),
    ...(inlined.length > 0 ? { Inline_attachments: inlined } : {}),
  };
}
