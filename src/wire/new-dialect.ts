import type { Json } from '../lib/json.ts';

/** JSON as the new back end (Go) writes it: compact, keys in the order given. */
export function writeNew(value: Json): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeNew).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeNew(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** The body of an error on the new back end; recorded for 401 and 404. */
export function newErrorBody(status: number, message: string, identifier: string): string {
  return writeNew({ ErrorIdentifier: identifier, StatusCode: status, ErrorMessage: message });
}
