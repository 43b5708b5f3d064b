import type { Filter } from '../engine/filter.ts';
import { flag } from '../engine/filter-kinds.ts';
import { NotBuiltError } from '../lib/errors.ts';
import { isMessageStatus, messageStatuses } from './message-status.ts';

/** SQL for the status of the last message to a contact; NULL where there is none. */
const lastStatus = (contactId: string) =>
  `(SELECT m.Status FROM message AS m WHERE m.ContactID = ${contactId} ORDER BY m.ID DESC LIMIT 1)`;

/**
 * `Status=opened`: contacts with that status, which is taken for that of the last message to them (assumed). What other
 * words mean (one thread has `unactive`) is not known: 501.
 * @param contactId SQL of the contact's ID
 * @param every word that asks for all
 */
export const statusOf = (contactId: string, every?: string): Filter => ({
  datatype: 'AnsiString',
  where: `${lastStatus(contactId)} IN (SELECT value FROM json_each(?))`,
  value(text) {
    const unknown = text.split(',').find((word) => !isMessageStatus(word));
    if (unknown !== undefined)
      throw new NotBuiltError(`the filter Status with the value "${unknown.slice(0, 50)}"`);
    return messageStatuses(text);
  },
  ...(every === undefined ? {} : { every }),
});

/** `Blocked=true`: a property of the contact (documented), which is taken for the status of the last message (assumed). */
export const blocked = (contactId: string): Filter =>
  flag(`(${lastStatus(contactId)} IS 'blocked')`);

/** `Opened=true`: the contact has opened a mail (documented). */
export const opened = (contactId: string): Filter =>
  flag(`EXISTS (SELECT 1 FROM contact AS c WHERE c.ID = ${contactId} AND c.lastOpenedAt > 0)`);
