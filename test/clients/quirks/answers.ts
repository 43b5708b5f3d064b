import { json, plain, type Quirk } from './quirk.ts';

const emptyFile = 'POST /v3/DATA/contactslist/x/CSVData/text:plain';

/** What clients read out of answers byte for byte; `decoders.test.ts` has what they decode. */
export const answers: Quirk[] = [
  {
    client: 'mailjet-apiv3-java 6.0',
    does: 'compares the whole body of a PUT of Non-existent-id',
    send: 'PUT /v3/REST/contact/Non-existent-id',
    headers: [json],
    body: '{"Name":"Ann"}',
    status: '400 Invalid email address "Non-existent-id", reason: "No @ character in mail"',
    is: '{ "ErrorInfo" : "", "ErrorMessage" : "Invalid email address \\"Non-existent-id\\", reason: \\"No @ character in mail\\"", "StatusCode" : 400 }',
  },
  {
    client: 'mailjet gem 1.8',
    does: 'reads a text/plain error of DATA as a result',
    send: emptyFile,
    headers: [plain],
    body: 'email\n',
    status: '404 Source object not found',
    type: 'text/plain',
  },
  {
    client: 'mailjet gem 1.8',
    does: 'looks for the errors of a job that has none',
    send: 'GET /v3/DATA/BatchJob/1/CSVError/text:csv',
    status: '404 Source object not found',
    type: 'text/csv',
  },
  {
    client: 'mailjet-rest 1.8',
    does: 'DELETE of a contact, which is a 401 with good keys',
    send: 'DELETE /v3/REST/contact/{contact}',
    headers: [json],
    status: '401 Operation not allowed',
    is: '{ "ErrorInfo" : "", "ErrorMessage" : "Operation not allowed", "StatusCode" : 401 }',
  },
  {
    client: 'four production clients',
    does: 'compare the text of a duplicate subscription',
    send: 'POST /v3/REST/listrecipient',
    headers: [json],
    body: '{"ContactID":{contact},"ListID":{list}}',
    status: '201 Created',
    after: [
      {
        send: 'POST /v3/REST/listrecipient',
        headers: [json],
        body: '{"ContactID":{contact},"ListID":{list}}',
        status: '400 A duplicate ListRecipient already exists.',
        has: ['"ErrorMessage" : "A duplicate ListRecipient already exists."'],
      },
    ],
  },
  {
    client: 'mailjet gem 1.8',
    does: 'expects a module error with a line end',
    send: 'GET /v3/wrongresourcepath',
    status: '500 Internal error',
    is: '{ "ErrorInfo" : "EFPWebError", "ErrorMessage" : "Could not determine HTTP module for request \\"wrongresourcepath\\"", "StatusCode" : 500 }\n',
  },
];
