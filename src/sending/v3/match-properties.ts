import { closestName } from '../../lib/closest-name.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Warning } from '../../mail/draft.ts';
import { addWarning, quoted } from '../add-warning.ts';
import { type LegacyName, legacyProperties } from './properties.ts';

/** The properties of a message by their names; absent ones are undefined. */
export type LegacyFields = { [name in LegacyName]?: Json };

const names: readonly LegacyName[] = legacyProperties.map(({ name }) => name);

const byLowerCase = new Map<string, LegacyName>(
  legacyProperties.flatMap((property) =>
    [property.name, ...('also' in property ? property.also : [])].map(
      (spelling) => [spelling.toLowerCase(), property.name] as const,
    ),
  ),
);

const byV31Name = new Map<string, LegacyName>(
  legacyProperties.flatMap((property) =>
    'v31' in property ? [[property.v31.toLowerCase(), property.name] as const] : [],
  ),
);

/**
 * The properties of a message, by their names in any case (samples of Mailjet itself write `MJ-TemplateLanguage`);
 * what else is there is ignored (reported), with a warning.
 */
export function matchProperties(object: JsonObject, warnings: Warning[]): LegacyFields {
  const fields: LegacyFields = {};
  for (const given of Object.keys(object)) {
    const name = byLowerCase.get(given.toLowerCase());
    if (name !== undefined) fields[name] = object[given];
    else warnOf(given, warnings);
  }
  return fields;
}

function warnOf(given: string, warnings: Warning[]): void {
  const isRead = byV31Name.get(given.toLowerCase());
  if (isRead !== undefined) {
    addWarning(
      warnings,
      'v31-names-in-v3',
      () =>
        `${quoted(given)} belongs to /v3.1/send and was ignored; /v3/send calls it "${isRead}".`,
    );
    return;
  }
  addWarning(warnings, 'unknown-key', () => {
    const meant = closestName(given, names);
    const start = `${quoted(given)} is no property of a message and was ignored`;
    return meant === undefined ? `${start}.` : `${start}; did you mean "${meant}"?`;
  });
}

/** A member of an object by its name in any case: `Email`, `content-type`. */
export function memberOf(object: JsonObject, name: string): Json {
  if (Object.hasOwn(object, name)) return object[name];
  const lower = name.toLowerCase();
  const given = Object.keys(object).find((key) => key.toLowerCase() === lower);
  return given === undefined ? undefined : object[given];
}
