/** A JSON value as it travels through Mockjet: integers beyond 2^53 are `bigint`, so that no ID is rounded. */
export type Json = string | number | bigint | boolean | null | undefined | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** True for a JSON object: neither null, nor an array, nor a scalar. */
export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
