import { readSubscriptionAction, subscriptionActions } from '../../contacts/subscribe.ts';
import type { Action, ActionCall } from '../../engine/action.ts';
import type { Answer } from '../../engine/call.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { objectNotFound, unlistedValue } from '../../lib/errors.ts';
import { showManyContacts, startManyContacts } from '../many-contacts.ts';

/** POST and GET contactslist/{id}/managemanycontacts: contacts in bulk into one list. */
export const manageManyContactsOfList: Action = {
  name: 'ManageManyContacts',
  isGlobal: false,
  operations: ['Get', 'Post'],
  parameters: [
    { name: 'Action', datatype: 'AnsiString', required: true },
    { name: 'Contacts', datatype: 'TAddContactActionList', required: true },
  ],
  handlers: {
    Get: showManyContacts,
    Post(call: ActionCall): Answer {
      if (call.object.IsDeleted === 1n) throw objectNotFound(); // assumed
      const action = readSubscriptionAction(fieldsOf(call.body.object()).get('action'));
      // assumed, as for managecontact
      if (action === undefined) throw unlistedValue('Action', subscriptionActions);
      return startManyContacts(call, [{ ListID: call.object.ID as bigint, Action: action }]); // ID is an integer key
    },
  },
  evidence: { Get: 'documented', Post: 'documented' },
};
