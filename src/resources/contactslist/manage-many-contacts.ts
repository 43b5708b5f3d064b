import { readSubscriptionAction, subscriptionActions } from '../../contacts/subscribe.ts';
import type { Action, ActionCall } from '../../engine/action.ts';
import type { Answer } from '../../engine/call.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { invalidProperty, objectNotFound } from '../../lib/errors.ts';
import { showBatch, startBatch } from '../batch-actions.ts';

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
    Get: showBatch,
    Post(call: ActionCall): Answer {
      if (call.object.IsDeleted === 1n) throw objectNotFound(); // assumed
      const action = readSubscriptionAction(fieldsOf(call.body.object()).get('action'));
      // assumed, as for managecontact
      if (action === undefined)
        throw invalidProperty(
          'Action',
          `MJ09 Value is not in list of allowed values: (${subscriptionActions.join(', ')})`,
        );
      return startBatch(call, [{ ListID: call.object.ID as bigint, Action: action }]); // ID is an integer key
    },
  },
  evidence: { Get: 'documented', Post: 'documented' },
};
