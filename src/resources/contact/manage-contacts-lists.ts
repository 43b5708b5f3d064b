import type { Account } from '../../accounts/account.ts';
import {
  listIsOpen,
  readSubscriptionAction,
  type SubscriptionAction,
  subscribe,
} from '../../contacts/subscribe.ts';
import type { Action } from '../../engine/action.ts';
import { created } from '../../engine/call.ts';
import { MailjetError, tooManyEntries } from '../../lib/errors.ts';
import { readLookupId } from '../../lib/int64.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';

/** Each costs a look into the database. */
const mostEntries = 10_000;

interface Entry {
  ListID: bigint;
  Action: SubscriptionAction;
}

/** POST contact/{id or email}/managecontactslists: all entries are applied, or none (the second is assumed). */
export const manageContactsLists: Action = {
  name: 'managecontactslists',
  isGlobal: false,
  operations: ['Post'],
  parameters: [{ name: 'ContactsLists', datatype: 'TContactsListActionList' }],
  handlers: {
    Post({ account, object, body }) {
      return account.write(() => {
        const entries = readListActions(account, listEntries(body.object()));
        for (const entry of entries)
          subscribe(account, object.ID as bigint, entry.ListID, entry.Action); // ID is an integer key
        // reported: keys in alphabetical order, numbers even where strings were sent
        return created({
          ContactsLists: entries.map(({ Action, ListID }) => ({ Action, ListID })),
        });
      });
    },
  },
  evidence: { Post: 'reported' },
};

function listEntries(body: JsonObject): Json {
  return Object.entries(body).find(([name]) => name.toLowerCase() === 'contactslists')?.[1];
}

/**
 * Reads `[{ListID, Action}]`.
 * @throws MailjetError 400 that lists the entries at fault (its form is that of a fixture with fpjson's spacing, the
 * texts for a missing ListID or Action are documented, the one for an unknown list is reported)
 */
export function readListActions(account: Account, value: Json): Entry[] {
  const given = Array.isArray(value) ? value : [];
  if (given.length > mostEntries) throw tooManyEntries('ContactsLists', mostEntries);
  const entries: Entry[] = [];
  const faults: JsonObject[] = [];
  for (const item of given) {
    const fields = isJsonObject(item) ? Object.entries(item) : [];
    const field = (name: string) => fields.find(([key]) => key.toLowerCase() === name)?.[1];
    const [listId, action] = [
      readLookupId(field('listid')),
      readSubscriptionAction(field('action')),
    ];
    const fault =
      listId === undefined
        ? 'listID missing or not valid'
        : action === undefined
          ? 'action missing or not valid'
          : listIsOpen(account, listId)
            ? undefined
            : `List ID ${listId} is invalid or deleted`;
    if (fault !== undefined)
      faults.push({ ListID: field('listid') ?? '', Action: field('action') ?? '', Error: fault });
    else if (listId !== undefined && action !== undefined)
      entries.push({ ListID: listId, Action: action });
  }
  if (faults.length > 0) {
    throw new MailjetError(400, 'Object properties invalid', {
      info: { ContactsLists: faults },
      messageFirst: true,
    });
  }
  return entries;
}
