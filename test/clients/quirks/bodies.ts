import { chunked, inChunks, json, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step, ...after: Step[]): Quirk => ({
  client,
  does,
  ...step,
  after,
});
const form = 'Content-Type: application/x-www-form-urlencoded';
const post = (path: string, body: string): Step => ({
  send: `POST /v3/REST/${path}`,
  headers: [json],
  body,
  status: '201 Created',
});
const put = (path: string, body: string): Step => ({
  send: `PUT /v3/REST/${path}`,
  headers: [json],
  body,
  status: '200 OK',
});
const withoutBody: Quirk[] = [
  ...[
    ['node-mailjet 5.1', '{}'],
    ['mailjet-apiv3-php 2.0', '[]'],
  ].map(([client = '', body = '']) =>
    row(
      client,
      `a body ${body} on DELETE`,
      {
        send: 'DELETE /v3/REST/contactslist/{list}',
        headers: [json],
        body,
        status: '204 No content',
        is: '',
      },
      {
        send: 'GET /v3/REST/contactslist/{list}',
        status: '200 OK',
        has: ['"IsDeleted" : true'],
      },
    ),
  ),
  ...['mailjet-rest 1.8', 'mailjet gem 1.8', 'node-mailjet 4.0'].map((client) =>
    row(client, 'a JSON type and no body on DELETE', {
      send: 'DELETE /v3/REST/contactslist/{list}',
      headers: [json],
      status: '204 No content',
    }),
  ),
  row('mailjet-rest 1.8', 'a JSON type and Content-Length: 0 on DELETE /v4', {
    send: 'DELETE /v4/contacts/{contact}',
    headers: [json, 'Content-Length: 0'],
    status: '200 OK',
    is: '',
  }),
  row('mailjet-rest 1.8', 'a JSON type and Content-Length: 0 on POST', {
    send: 'POST /v3/REST/contact',
    headers: [json, 'Content-Length: 0'],
    status: '400 Invalid json input: unexpected end of stream at stream position 0 ...|...',
  }),
  row('node-mailjet 5.1', 'a change without a difference', {
    ...put('contact/{contact}', '{"Name":"Ann Lee"}'),
    status: '304 Content not changed',
    is: '',
  }),
];

const keys: Quirk[] = [
  row('mailjet gem 1.8', 'ContactId and ListId', {
    ...post('listrecipient', '{"ContactId":{contact},"ListId":{list}}'),
    has: ['"ContactID" : {contact}', '"ListID" : {list}'],
  }),
  row('mailjet gem 1.8', 'ContactslistId and DataId', {
    ...post('csvimport', '{"ContactslistId":{list},"DataId":{data},"Method":"addnoforce"}'),
    has: ['"ContactsListID" : {list}', '"DataID" : {data}', '"Status" : "Upload"'],
  }),
  row('mailjet.cr 0.6', 'ListId in an action', {
    ...post(
      'contact/{contact}/managecontactslists',
      '{"ContactsLists":[{"ListId":{list},"Action":"addforce"}]}',
    ),
    has: ['{ "Action" : "addforce", "ListID" : {list} }'],
  }),
  row('mailjet gem 1.8', 'PUT with its Id', {
    ...put('contact/{contact}', '{"Id":{contact},"Name":"Ann Li"}'),
    has: ['"ID" : {contact}', '"Name" : "Ann Li"'],
  }),
  row('mailjet gem 1.5', 'PUT with Id and CreatedAt', {
    ...put(
      'contact/{contact}',
      '{"Id":7,"CreatedAt":"1999-12-31T23:59:59Z","DeliveredCount":0,"Name":"Ann Li"}',
    ),
    has: ['"ID" : {contact}', '"Name" : "Ann Li"'],
    lacks: ['1999'],
  }),
  row('mailjet-apiv3-php-simple', 'PUT with ID', {
    ...put('contactslist/{list}', '{"ID":"{list}","Name":"Monthly"}'),
    has: ['"ID" : {list}', '"Name" : "Monthly"'],
  }),
  row('mailjet gem 1.5', 'PUT of a list with all that was read', {
    ...put(
      'contactslist/{list}',
      '{"Id":{list},"CreatedAt":"1999-12-31T23:59:59Z","Name":"Monthly","SubscriberCount":9}',
    ),
    has: ['"Name" : "Monthly"'],
    lacks: ['1999', '"SubscriberCount" : 9'],
  }),
  row(
    'mailjet-apiv3-java 6.0',
    'LastActivityAt sent back',
    {
      ...put('contact/{contact}', '{"LastActivityAt":"2020-01-01T00:00:00Z"}'),
      status:
        '401 Internal error: MJ19 Setting a value for property "LastActivityAt" is not allowed',
    },
    { send: 'GET /v3/REST/contact/{contact}', status: '200 OK', lacks: ['2020-01-01'] },
  ),
];

const values: Quirk[] = [
  ...['mailjet-rest 1.8', 'mailjet-apiv3-java 6.0', 'mailjet-apiv3-dotnet 3.0'].map((client) =>
    row(
      client,
      'a boolean as a string',
      {
        ...post('contact', '{"Email":"ida@example.com","IsExcludedFromCampaigns":"true"}'),
        has: ['"IsExcludedFromCampaigns" : true'],
      },
      {
        send: 'GET /v3/REST/contact/{made}',
        status: '200 OK',
        has: ['"IsExcludedFromCampaigns" : true'],
      },
    ),
  ),
  row('mailjet-apiv3-java 6.0', 'IDs as strings', {
    ...post('csvimport', '{"ContactsListID":"{list}","DataID":"{data}","Method":"addforce"}'),
    has: ['"ContactsListID" : {list}', '"DataID" : {data}'],
  }),
  row('mailjet-apiv3-php-simple', 'a ListID as a string', {
    ...post(
      'contact/{contact}/managecontactslists',
      '{"ContactsLists":[{"ListID":"{list}","Action":"addnoforce"}]}',
    ),
    has: ['{ "Action" : "addnoforce", "ListID" : {list} }'],
  }),
  ...[
    ['mailjet-apiv3-go 4.0', 'null'],
    ['mailjet-apiv3-php 2.0', '[]'],
    ['mailjet-apiv3-php README', '"object"'],
    ['node-mailjet #267', '"{\\"country\\":\\"NL\\"}"'],
  ].map(([client = '', properties]) =>
    row(
      client,
      `Properties ${properties}, of which nothing is stored`,
      {
        ...post(
          'contactslist/{list}/managecontact',
          `{"Email":"Ann+x@Example.com","Name":"","Action":"addnoforce","Properties":${properties}}`,
        ),
        has: ['"Properties" : {} }'],
      },
      { send: 'GET /v3/REST/contactdata/{contact}', status: '200 OK', has: ['"Data" : []'] },
    ),
  ),
  ...[
    ['mailjet-apiv3-go 4.0', 'null'],
    ['mailjet-apiv3-php 2.0', '[]'],
  ].map(([client = '', properties]) =>
    row(
      client,
      `Properties ${properties} in a bulk call`,
      post(
        'contactslist/{list}/managemanycontacts',
        `{"Action":"addforce","Contacts":[{"Email":"kim@example.com","Name":"","Properties":${properties}}]}`,
      ),
      {
        send: 'GET /v3/REST/contactslist/{list}/managemanycontacts/{made}',
        status: '200 OK',
        has: ['"Count" : 1', '"ErrorFile" : ""', '"Status" : "Completed"'],
      },
    ),
  ),
  row(
    'node-mailjet docs',
    'ImportOptions as JSON inside a string',
    {
      ...post(
        'csvimport',
        '{"ContactsListID":{list},"DataID":{data},"Method":"addnoforce","ImportOptions":"{\\"DateTimeFormat\\": \\"yyyy/mm/dd\\",\\"TimezoneOffset\\": 2,\\"FieldNames\\": [\\"email\\", \\"name\\"]}"}',
      ),
      has: ['"ImportOptions" : "{\\"DateTimeFormat\\": \\"yyyy\\/mm\\/dd\\"'],
    },
    // with names of its own, the first line is data and no address
    {
      send: 'GET /v3/DATA/BatchJob/{made}/CSVError/text:csv',
      status: '200 OK',
      type: 'text/csv',
      is: 'email,name,error\nemail,name, ###Invalid email###email\nno address,Nobody, ###Invalid email###email\n',
    },
  ),
  row('nodemailer-mailjet-transport 1.0', 'a name in front of an address', {
    ...post('contact', '{"Email":"\\"Ann\\" <a@b>"}'),
    status: '400 Internal error: Invalid email address ""Ann" <a@b>", reason: "…',
  }),
];

const types: Quirk[] = [
  row('mailjet gem 1.7', 'a form for csvimport, with the list under two names', {
    send: 'POST /v3/REST/csvimport',
    headers: [form],
    body: 'ContactslistId={list}&ContactsListID={list}&DataID={data}&Method=addnoforce',
    status: '201 Created',
    has: ['"ContactsListID" : {list}', '"Method" : "addnoforce"'],
  }),
  row('mailjet gem 1.5', 'a form with a nested key', {
    send: 'POST /v3/REST/contactdata',
    headers: [form],
    body: 'ContactID={contact}&Data[Name]=country&Data[Value]=NL',
    status: '400 Invalid json input: property "Data[Name]" not found at stream position …',
  }),
  row('Mailjet MCP server 1.1', 'a form under a JSON type, in chunks', {
    send: 'POST /v3/REST/contact',
    headers: [json, chunked],
    body: inChunks('Email=lou%40example.com', '&Name=Lou'),
    status: '400 Invalid json input: …',
  }),
  row('mailjet gem 1.8', 'JSON with both Content-Length and chunks', {
    send: 'POST /v3/REST/contact',
    headers: [json, 'Content-Length: 31', chunked],
    body: inChunks('{"Email":"lou', '@example.com"}'),
    status: '201 Created',
    has: ['"Email" : "lou@example.com"'],
  }),
  row('a script', 'JSON under a text type', {
    send: 'POST /v3/REST/contact',
    headers: ['Content-Type: text/plain'],
    body: '{"Email":"lou@example.com"}',
    status: '201 Created',
  }),
  row('a script', 'JSON without a type', {
    send: 'POST /v3/REST/contact',
    body: '{"Email":"lou@example.com"}',
    status: '201 Created',
  }),
];

/** The bodies that clients send beside plain JSON. */
export const bodies: Quirk[] = [...withoutBody, ...keys, ...values, ...types];
