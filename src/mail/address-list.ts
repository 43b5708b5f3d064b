import addressparser from 'nodemailer/lib/addressparser';
import type { Mailbox } from './draft.ts';

/** Longer texts hold more addresses than anybody may send to. */
export const longestAddressList = 100_000;

/**
 * The mailboxes of a header's text such as `Ann <ann@example.com>, "Lee, Bob" <bob@example.com>`: quoted names,
 * comments and groups are read, and what is no address stays as it is written.
 * @param text at most `longestAddressList` characters are read
 */
export function readAddressList(text: string): Mailbox[] {
  return addressparser(text.slice(0, longestAddressList), { flatten: true })
    .map(({ address, name }) => ({ email: address || name, name: address ? name : '' }))
    .filter(({ email }) => email !== '');
}
