import { closestName } from '../../lib/closest-name.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { Warning } from '../../mail/draft.ts';
import { addWarning, quoted } from '../add-warning.ts';

/** Names that an object may have, and what to call it in a sentence. */
export interface KnownNames {
  names: readonly string[];
  byLowerCase: ReadonlyMap<string, string>;
  where: string;
}

/** @param where such as `a message` */
export function knownNames(names: readonly string[], where: string): KnownNames {
  return {
    names,
    byLowerCase: new Map(names.map((name) => [name.toLowerCase(), name])),
    where,
  };
}

/**
 * The members of an object under Mailjet's spelling, in the order of the text; the last one wins, as in Go.
 * Names count in any case and unknown ones are left out, both with a warning (recorded: unknown keys are tolerated;
 * inferred from Go's JSON reader: the case does not matter).
 * @param elsewhere names that belong to another place of the body, and that place
 */
export function matchNames(
  object: JsonObject,
  known: KnownNames,
  warnings: Warning[],
  elsewhere?: KnownNames,
): JsonObject {
  const matched: JsonObject = {};
  for (const given of Object.keys(object)) {
    const name = known.byLowerCase.get(given.toLowerCase());
    if (name === undefined) {
      addWarning(warnings, 'unknown-key', () => aboutUnknown(given, known, elsewhere));
      continue;
    }
    if (name !== given)
      addWarning(
        warnings,
        'key-case',
        () => `${quoted(given)} was read as "${name}": that is how Mailjet spells it.`,
      );
    matched[name] = object[given];
  }
  return matched;
}

function aboutUnknown(given: string, known: KnownNames, elsewhere: KnownNames | undefined): string {
  const start = `${quoted(given)} is no property of ${known.where} and was ignored`;
  const moved = elsewhere?.byLowerCase.get(given.toLowerCase());
  if (moved !== undefined)
    return `${start}; "${moved}" is a property of ${elsewhere?.where ?? ''}.`;
  const meant = closestName(given, known.names);
  return meant === undefined ? `${start}.` : `${start}; did you mean "${meant}"?`;
}
