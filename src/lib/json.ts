/** A JSON value as it travels through Mockjet: integers beyond 2^53 are `bigint`, so that no ID is rounded. */
export type Json = string | number | bigint | boolean | null | undefined | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** True for a JSON object: neither null, nor an array, nor a scalar. */
export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a column holds as JSON text; undefined where it holds something else, as a file of a stranger's may. */
export function readStored(text: unknown): Json {
  try {
    return JSON.parse(String(text)) as Json; // JSON.parse gives nothing but JSON
  } catch {
    return undefined;
  }
}

/** The same for a column that holds an object. */
export function readStoredObject(text: unknown): JsonObject {
  const value = readStored(text);
  return isJsonObject(value) ? value : {};
}

/** JSON text in which no integer is rounded. */
export function writeJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map((item) => writeJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`);
  return `{${members.join(',')}}`;
}
