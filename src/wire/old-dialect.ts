import type { MailjetError } from '../lib/errors.ts';
import { writeOld } from '../lib/old-json.ts';

/** The body of an error on the old back end; `identifier` is for what was not expected. */
export function oldErrorBody(error: MailjetError, identifier: string): string {
  const { status: StatusCode, message: ErrorMessage, info: ErrorInfo } = error;
  if (error.messageFirst) return writeOld({ ErrorMessage, StatusCode, ErrorInfo });
  return writeOld({
    ErrorIdentifier: error.identified ? identifier.toUpperCase() : undefined,
    ErrorInfo,
    ErrorMessage,
    StatusCode,
  });
}

const phrases: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  204: 'No content', // recorded
  304: 'Content not changed', // recorded
};

/** The reason phrase of an answer that is no error; an error's is its message. */
export function oldPhrase(status: number): string {
  return phrases[status] ?? 'OK';
}
