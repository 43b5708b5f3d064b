import type { Action, ActionCall } from '../../engine/action.ts';
import type { Answer } from '../../engine/call.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { showManyContacts, startManyContacts } from '../many-contacts.ts';
import { readListActions } from './manage-contacts-lists.ts';

/** POST and GET contact/managemanycontacts: contacts in bulk, with or without lists. */
export const manageManyContacts: Action = {
  name: 'managemanycontacts',
  isGlobal: true,
  operations: ['Get', 'Post'],
  parameters: [
    { name: 'ContactsLists', datatype: 'TBaseContactsListActionList' },
    { name: 'Contacts', datatype: 'TAddContactActionList', required: true },
  ],
  handlers: {
    Get: showManyContacts,
    Post(call: ActionCall): Answer {
      // a top-level Action, which one production client posts, is left alone (assumed)
      const lists = fieldsOf(call.body.object()).get('contactslists');
      return startManyContacts(call, readListActions(call.account, lists));
    },
  },
  evidence: { Get: 'reported', Post: 'reported' },
};
