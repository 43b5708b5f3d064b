import { definitions, namedValues, propertiesGiven } from '../../contacts/properties.ts';
import {
  readSubscriptionAction,
  subscribe,
  subscriptionActions,
} from '../../contacts/subscribe.ts';
import { readPropertyChanges, writeContact } from '../../contacts/write-contact.ts';
import type { Action } from '../../engine/action.ts';
import { created } from '../../engine/call.ts';
import { fieldsOf } from '../../engine/fields.ts';
import { emailProblem } from '../../lib/email-address.ts';
import {
  emptyProperty,
  invalidActionProperties,
  invalidEmailInPost,
  objectNotFound,
  unexpected,
  unlistedValue,
} from '../../lib/errors.ts';

/** Most calls give no properties, and need no definitions. */
const nothing = readPropertyChanges([], []);

/**
 * POST contactslist/{id}/managecontact: makes or changes a contact and its subscription (recorded 54 times). A parameter
 * that it does not have is left alone: a production client sends IsExcludedFromCampaigns and reads the ContactID of the
 * answer. A thread with `Object properties invalid` for another one does not contradict: its body has no Action.
 */
export const manageContact: Action = {
  name: 'ManageContact',
  isGlobal: false,
  operations: ['Post'],
  parameters: [
    { name: 'Email', datatype: 'AnsiString', required: true },
    { name: 'Name', datatype: 'AnsiString' },
    { name: 'Action', datatype: 'AnsiString', required: true },
    { name: 'Properties', datatype: 'TJSONObject' },
  ],
  handlers: {
    Post({ account, object: list, body }) {
      if (list.IsDeleted === 1n) throw objectNotFound(); // assumed
      if (['', 'null'].includes(body.text.trim())) throw unexpected(); // reported: 500
      const fields = fieldsOf(body.object());
      const email = String(fields.get('email') ?? '');
      if (email === '') throw emptyProperty('Email');
      const problem = emailProblem(email);
      if (problem !== undefined) throw invalidEmailInPost(email, problem);
      const action = readSubscriptionAction(fields.get('action'));
      if (action === undefined) throw unlistedValue('Action', subscriptionActions);
      const name = fields.get('name');

      return account.write(() => {
        const given = propertiesGiven(fields.get('properties'));
        const { changes, faults } =
          given.length === 0 ? nothing : readPropertyChanges(definitions(account), given);
        // documented
        if (faults.length > 0)
          throw invalidActionProperties({
            Properties: faults.map((fault) => ({ [fault.name]: fault.reason })),
          });
        const id = writeContact(account, {
          email,
          name: typeof name === 'string' ? name : undefined,
          changes,
        });
        subscribe(account, id, list.ID as bigint, action); // ID is an integer key
        const [storedName, properties] = account
          .raw('SELECT Name, properties FROM contact WHERE ID = ?')
          .statement.get(id) as [string, string]; // just written
        // recorded: this order of keys, the address as it was sent, all values as strings
        return created({
          ContactID: id,
          Email: email,
          Action: action,
          Name: storedName,
          Properties: Object.fromEntries(
            (properties === '{}' ? [] : namedValues(definitions(account), properties)).map(
              ({ Name, Value }) => [Name, Value],
            ),
          ),
        });
      });
    },
  },
  evidence: { Post: 'recorded' },
};
