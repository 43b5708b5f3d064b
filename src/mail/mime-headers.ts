import type { Header } from './draft.ts';

/** Headers that the composer makes out of the draft: a second one would change what the message says. */
const composed = new Set([
  ...['from', 'sender', 'to', 'cc', 'bcc', 'reply-to', 'subject', 'date', 'message-id'],
  ...['mime-version', 'return-path', 'dkim-signature', 'received'],
]);

/** Whether a sender's own header can stand in the message: a name of RFC 5322 that nothing else makes. */
export function isOwnHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return /^[!-9;-~]{1,200}$/.test(name) && !lower.startsWith('content-') && !composed.has(lower);
}

/** The headers that can stand in the message. */
export const ownHeaders = (headers: readonly Header[]): Header[] =>
  headers.filter(({ name }) => isOwnHeader(name));

/** A text as a header's value can hold it: line breaks and other control characters are blanks, so nothing is injected. */
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, ' ');
