import type { Action, ActionCall } from '../../engine/action.ts';
import type { Answer } from '../../engine/call.ts';
import { MailjetError, objectNotFound } from '../../lib/errors.ts';

/** POST sender/{id}/validate: makes a sender active, without a mail, file or record that would prove it. */
export const validate: Action = {
  name: 'validate',
  isGlobal: false,
  operations: ['Post'],
  parameters: [],
  properties: [
    { name: 'Errors', datatype: 'TJSONObject' },
    { name: 'ValidationMethod', datatype: 'AnsiString' },
    { name: 'GlobalError', datatype: 'AnsiString' },
  ],
  handlers: { Post: validateSender },
  refusals: { Put: objectNotFound }, // reported
  evidence: { Post: 'recorded' },
};

function validateSender({ account, object }: ActionCall): Answer {
  if (object.Status === 'Deleted') throw objectNotFound(); // assumed
  // documented that it is a 400; its words are assumed
  if (object.Status === 'Active') throw new MailjetError(400, 'The sender is already active.');
  account.write(() =>
    account.sql("UPDATE sender SET Status = 'Active' WHERE ID = ?").run(object.ID),
  );
  const isDomain = String(object.Email).startsWith('*@');
  // recorded three times without Count, Data and Total, though documented with them; DNS for a domain is assumed
  return {
    status: 200,
    bare: {
      ValidationMethod: isDomain ? 'DNS' : 'ActivationEmail',
      Errors: { FileValidationError: '', DNSValidationError: '' },
      GlobalError: '',
    },
  };
}
