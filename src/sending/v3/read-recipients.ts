import { emailProblem } from '../../lib/email-address.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { longestAddressList, readAddressList } from '../../mail/address-list.ts';
import type { Mailbox } from '../../mail/draft.ts';
import { legacyError } from './legacy-error.ts';
import { type LegacyFields, memberOf } from './match-properties.ts';
import { mostRecipients } from './properties.ts';
import { asObject, asText, unwrapped } from './values.ts';

/** Who gets one mail, and the variables that are his own. */
export interface Addressed {
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  vars: JsonObject;
}

/** The mails of a message: one for each of Recipients, or one for To, Cc and Bcc (documented). @throws LegacyError */
export function readRecipients(fields: LegacyFields): Addressed[] {
  const { Recipients, To } = fields;
  if (Recipients !== undefined) return readOwnMails(unwrapped(Recipients));
  if (To === undefined) throw legacyError('noRecipients');
  // assumed for a list: reported is only that a body of v3.1 can meet this error
  if (typeof To !== 'string') throw legacyError('noRecipient');
  const seen = new Set<string>();
  const to = readList(To, 'To', seen);
  if (to.length === 0) throw legacyError('noRecipient');
  const cc = readList(asText(fields.Cc), 'Cc', seen);
  return [{ to, cc, bcc: readList(asText(fields.Bcc), 'Bcc', seen), vars: {} }];
}

function readOwnMails(value: Json): Addressed[] {
  if (!Array.isArray(value) || value.length === 0) throw legacyError('noRecipient');
  if (value.length > mostRecipients) throw legacyError('tooManyRecipients', 'Recipients');
  return value.map((item) => {
    const recipient = isJsonObject(item) ? item : {};
    const email = asText(memberOf(recipient, 'Email')).trim();
    if (email === '') throw legacyError('noRecipient'); // assumed
    const name = asText(memberOf(recipient, 'Name'));
    const vars = asObject(memberOf(recipient, 'Vars'), 'varsNotObject');
    return { to: [checked({ email, name })], cc: [], bcc: [], vars };
  });
}

/** documented: an address that is repeated counts once; assumed: also when it stands in another list */
function readList(text: string, property: string, seen: Set<string>): Mailbox[] {
  if (text.length > longestAddressList) throw legacyError('tooManyRecipients', property);
  const mailboxes = readAddressList(text).filter(({ email }) => {
    const key = email.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
  if (mailboxes.length > mostRecipients) throw legacyError('tooManyRecipients', property);
  return mailboxes.map(checked);
}

/** @throws LegacyError for what is no address */
export function checked(mailbox: Mailbox): Mailbox {
  const problem = emailProblem(mailbox.email);
  if (problem !== undefined) throw legacyError('invalidAddress', mailbox.email, problem);
  return mailbox;
}
