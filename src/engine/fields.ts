import { isJsonObject, type Json } from '../lib/json.ts';

/** Fields of an object by their lower-case names: bodies of actions may write them in any case. */
export function fieldsOf(value: Json): Map<string, Json> {
  return new Map(
    isJsonObject(value)
      ? Object.entries(value).map(([name, field]) => [name.toLowerCase(), field])
      : [],
  );
}
