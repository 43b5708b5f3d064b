import { writeJson } from '../lib/json.ts';

/** The body of an error on the new back end; recorded for 401 and 404. */
export function newErrorBody(status: number, message: string, identifier: string): string {
  return writeJson({ ErrorIdentifier: identifier, StatusCode: status, ErrorMessage: message });
}
