import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';

/** Fields of an object by their lower-case names: bodies of actions may write them in any case. */
export function fieldsOf(value: Json): Map<string, Json> {
  return new Map(
    isJsonObject(value)
      ? Object.entries(value).map(([name, field]) => [name.toLowerCase(), field])
      : [],
  );
}

/** Names in an object that are none of `known`. */
export function unknownFields(object: JsonObject, known: readonly string[]): string[] {
  return Object.keys(object).filter((name) => !known.includes(name.toLowerCase()));
}
