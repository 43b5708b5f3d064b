import { json, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step): Quirk => ({ client, does, ...step });
const get = (path: string) => `GET /v3/${path}`;
const ann: Omit<Step, 'send'> = { status: '200 OK', has: ['"Email" : "Ann+x@Example.com"'] };
const raw = 'Ann+x@Example.com';
const encoded = 'Ann%2Bx%40Example.com';
const job: Omit<Step, 'send'> = { status: '200 OK', has: ['"Status" : "Completed"'] };

const contacts: Quirk[] = [
  row('node-mailjet 6.0', 'a literal + and @ in an address', {
    send: get(`REST/contact/${raw}`),
    ...ann,
  }),
  row('mailjet-rest 1.8', 'an encoded + and @ in an address', {
    send: get(`REST/contact/${encoded}`),
    ...ann,
  }),
  row('mailjet-rest 1.5', 'PUT of a contact by its address', {
    send: `PUT /v3/REST/contact/${raw}`,
    headers: [json],
    body: '{"Name":"Ann Li"}',
    status: '200 OK',
    has: ['"Name" : "Ann Li"'],
  }),
  row('mailjet gem 1.7', 'the lists of an encoded address', {
    send: get(`REST/contact/${encoded}/getcontactslists`),
    status: '200 OK',
    is: '{ "Count" : 0, "Data" : [], "Total" : 0 }',
  }),
  row('mailjet-apiv3-go 4.0', 'the lists of a literal address', {
    send: get(`REST/contact/${raw}/getcontactslists`),
    status: '200 OK',
    is: '{ "Count" : 0, "Data" : [], "Total" : 0 }',
  }),
  row('Mailjet MCP server 1.1', 'contactdata of an encoded address', {
    send: get(`REST/contactdata/${encoded}`),
    status: '200 OK',
    has: ['"ContactID" : {contact}'],
  }),
  {
    ...row('hull-mailjet 2019', 'PUT of contactdata by a literal address', {
      send: `PUT /v3/REST/contactdata/${raw}`,
      headers: [json],
      body: '{"Data":[{"Name":"country","Value":"NL"}]}',
      status: '200 OK',
      has: ['{ "Name" : "country", "Value" : "NL" }'],
    }),
    after: [{ send: get('REST/contactdata/{contact}'), status: '200 OK', has: ['"Value" : "NL"'] }],
  },
];

const lists: Quirk[] = [
  ...[
    ['mailjet-rest 1.8', 'contact?Limit=2&Offset=1&Sort=Email%20desc'],
    ['mailjet-apiv3-go 4.0', 'contact?Limit=2&Offset=1&Sort=Email+desc'],
    ['mailjet gem 1.8', 'contact?limit=2&offset=1&sort=email+DESC'],
  ].map(([client = '', path]) =>
    row(client, `GET ${path}`, {
      send: get(`REST/${path}`),
      status: '200 OK',
      has: ['{ "Count" : 2,'],
      lacks: ['owner@example.com', 'Ann+x'],
    }),
  ),
  row('mailjet gem 1.8', 'Sort=Id+DESC', {
    send: get('REST/contactslist?Sort=Id+DESC&Limit=1'),
    status: '200 OK',
    has: ['"Name" : "Newsletter"'],
  }),
  row('node-mailjet 6.0', 'Sort=ID%20desc', {
    send: get('REST/contact?Sort=ID%20desc&Limit=1'),
    status: '200 OK',
    has: ['{ "Count" : 1,'],
    lacks: ['owner@example.com'],
  }),
  ...['mailjet-apiv3-php 2.0', 'mailjet-apiv3-java 6.0'].map((client) =>
    row(client, 'Sort=ID%2BDESC, a literal plus', {
      send: get('REST/contact?Sort=ID%2BDESC'),
      status:
        '400 Unexpected error during GET: Invalid sort specification: Cannot sort on field id+desc',
    }),
  ),
  row('mailjet gem 1.8', 'countrecords=1 and a lower-case limit', {
    send: get('REST/contact?countrecords=1&limit=1'),
    status: '200 OK',
    has: ['{ "Count" : 1, ', '"Total" : 5 }'],
  }),
  row('node-mailjet 6.0', 'Limit=0 for all', {
    send: get('REST/contact?Limit=0'),
    status: '200 OK',
    has: ['{ "Count" : 5, '],
  }),
  row('WordPress plugin', 'Style=Full, which is left alone', {
    send: get('REST/contactslist?Style=Full&Limit=1'),
    status: '200 OK',
    has: ['{ "Count" : 1, '],
  }),
  row('WordPress plugin', 'ID=1 as a filter, which nobody has', {
    send: get('REST/contact?ID=1'),
    status: '200 OK',
    has: ['{ "Count" : 0, '],
  }),
  row('WordPress plugin', 'IsOptInPending=0, which is no filter', {
    send: get('REST/contact?IsOptInPending=0'),
    status: '200 OK',
    has: ['{ "Count" : 5, '],
  }),
  ...['Unsub=0', 'ContactsList={list}&Unsub=false', 'ContactEmail=bob@example.com'].map((query) =>
    row('WordPress plugin', `listrecipient?${query}`, {
      send: get(`REST/listrecipient?${query}`),
      status: '200 OK',
      has: ['"ListID" : {list}', '"IsUnsubscribed" : false'],
    }),
  ),
  row('mailjet-apiv3-php 2.0', 'listrecipient?Contact=', {
    send: get('REST/listrecipient?Contact={contact}'),
    status: '200 OK',
    is: '{ "Count" : 0, "Data" : [], "Total" : 0 }',
  }),
  row('mailjet-apiv3-go 4.0', 'PUT of a list by its address', {
    send: 'PUT /v3/REST/contactslist/{address}',
    headers: [json],
    body: '{"Name":"Monthly"}',
    status: '200 OK',
    has: ['"ID" : {list}', '"Name" : "Monthly"'],
  }),
  row('mailjet-apiv3-go 4.0', 'PUT of a list by an empty address', {
    send: 'PUT /v3/REST/contactslist',
    headers: [json],
    body: '{"Name":"Monthly"}',
    status: '404 Object not found',
    is: '{ "ErrorInfo" : "", "ErrorMessage" : "Object not found", "StatusCode" : 404 }',
  }),
];

const actions: Quirk[] = [
  row('all', 'the job of a bulk call behind the action', {
    send: get('REST/contact/managemanycontacts/{batch}'),
    ...job,
  }),
  ...['mailjet-apiv3-php 2.0', 'mailjet-rest 1.5'].map((client) =>
    row(client, 'the job of a bulk call before the action', {
      send: get('REST/contact/{batch}/managemanycontacts'),
      status: '404 Object not found',
    }),
  ),
  ...['managemanycontacts', 'ManageManyContacts'].map((action) =>
    row(action === 'ManageManyContacts' ? 'mailjet-apiv3-java 6.0' : 'all', `a list's ${action}`, {
      send: get(`REST/contactslist/{list}/${action}/{listBatch}`),
      ...job,
    }),
  ),
  ...['managecontact', 'ManageContact'].map((action) =>
    row('mailjet-apiv3-dotnet 3.0', action, {
      send: `POST /v3/REST/contactslist/{list}/${action}`,
      headers: [json],
      body: '{"Email":"gus@example.com","Action":"addnoforce"}',
      status: '201 Created',
      has: ['"Action" : "addnoforce"'],
    }),
  ),
];

const deletions: Quirk[] = [
  ...['mailjet gem 1.8', 'node-mailjet 7.0'].map((client) => ({
    ...row(client, 'DELETE /v4/contacts/1', {
      send: 'DELETE /v4/contacts/{contact}',
      status: '200 OK',
      is: '',
    }),
    after: [{ send: get(`REST/contact/${raw}`), status: '404 Object not found' }],
  })),
  row('node-mailjet 6.0', 'DELETE /v4/REST/contacts/1', {
    send: 'DELETE /v4/REST/contacts/{contact}',
    headers: [json],
    body: '{}',
    status: '404 Not Found',
    has: ['"StatusCode":404'],
  }),
];

const slashes: Quirk[] = [
  ...['contact//{contact}', 'contact//{contact}/', '/contact/{contact}//'].map((path) =>
    row('mailjet gem 1.8', `/${path}`, { send: get(`REST/${path}`), ...ann }),
  ),
  row('mailjet gem 1.5', 'POST with a trailing slash', {
    send: 'POST /v3/REST/contact/',
    headers: [json],
    body: '{"Email":"hal@example.com"}',
    status: '201 Created',
    has: ['"Email" : "hal@example.com"'],
  }),
  row('n8n 2.41', 'rest in lower case', {
    send: get('rest/eventcallbackurl'),
    status: '200 OK',
    has: ['"Count" : 0'],
  }),
  row('mailjet.cr 0.6', 'contactlist without its s', {
    send: get('REST/contactlist'),
    status: '400 Unknown resource: "contactlist"',
  }),
  row('mailjet gem 1.8', 'a bulk job looked for by its ID twice', {
    send: get('REST/contact/{batch}/{batch}'),
    status: '400 Unknown action: "{batch}"',
  }),
  row('mailjet-rest 1.5', 'an action with hyphens', {
    send: 'POST /v3/REST/contactslist/{list}/-manage-many-contacts',
    headers: [json],
    body: '{}',
    status: '400 Unknown action: "-manage-many-contacts"',
  }),
];

/** The ways in which clients write one and the same path. */
export const paths: Quirk[] = [...contacts, ...lists, ...actions, ...deletions, ...slashes];
