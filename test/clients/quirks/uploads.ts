import { chunked, inChunks, json, plain, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step, ...after: Step[]): Quirk => ({
  client,
  does,
  ...step,
  after,
});
const csv = 'email,name\nzoe@example.com,Zoë\n';
const upload: Step = {
  send: 'POST /v3/DATA/contactslist/{list}/CSVData/text:plain',
  headers: [plain],
  body: csv,
  status: '200 OK',
};
const stored = (text: string): Step => ({
  send: 'GET /v3/DATA/contactslist/{list}/CSVData/text:plain',
  status: '200 OK',
  type: 'text/plain',
  is: text,
});
const startImport: Step = {
  send: 'POST /v3/REST/csvimport',
  headers: [json],
  body: '{"ContactsListID":{list},"DataID":{made},"Method":"addnoforce"}',
  status: '201 Created',
};
const importEnds = (status: string): Step => ({
  send: 'GET /v3/REST/csvimport/{made}',
  status: '200 OK',
  has: [`"Status" : "${status}"`],
});
const zoeIsThere: Step = {
  send: 'GET /v3/REST/contactdata/zoe@example.com',
  status: '200 OK',
  has: ['{ "Name" : "name", "Value" : "Zoë" }'],
};
const mismatch = (given: string, url: string) =>
  `400 Data Content type "${given}" does not match URL content type "${url}".`;
const base64 = Buffer.from(csv).toString('base64');
const jsonString = JSON.stringify(csv);

/** The ways in which clients send a CSV file. */
export const uploads: Quirk[] = [
  row('most', 'CSV as UTF-8', upload, startImport, importEnds('Completed'), zoeIsThere),
  row('a script', 'a charset in the type', {
    ...upload,
    headers: ['Content-Type: text/plain; charset=utf-8'],
  }),
  row(
    'mailjet-rest 1.5',
    'CSV in Latin-1',
    { ...upload, body: Buffer.from(csv, 'latin1') },
    startImport,
    importEnds('Completed'),
    zoeIsThere,
  ),
  row(
    'mailjet-apiv3-java 6.0',
    'CSV as base64, kept as it came; its import finds no addresses',
    { ...upload, body: base64 },
    stored(base64),
    { ...upload, body: base64 },
    startImport,
    importEnds('Error'),
  ),
  row(
    'a script',
    'CSV as a JSON string under text/plain, kept as it came; its import finds no addresses',
    { ...upload, body: jsonString },
    stored(jsonString),
    { ...upload, body: jsonString },
    startImport,
    importEnds('Error'),
  ),
  row(
    'node-mailjet 3.3',
    'raw CSV under a JSON type and no type in the path',
    {
      ...upload,
      send: 'POST /v3/DATA/contactslist/{list}/csvdata',
      headers: [json],
      status: mismatch('application/json', ''),
    },
    // what was refused is not kept
    { ...stored('email,name\nbob@example.com,Bob\nno address,Nobody\n') },
  ),
  row('node-mailjet 3.0', 'raw CSV under a JSON type', {
    ...upload,
    headers: [json],
    status: mismatch('application/json', 'text/plain'),
  }),
  row('node-mailjet 1.1', 'a JSON string under a JSON type and no type in the path', {
    ...upload,
    send: 'POST /v3/DATA/contactslist/{list}/csvdata',
    headers: [json],
    body: jsonString,
    status: mismatch('application/json', ''),
  }),
  row('node-mailjet 1.1', 'CSV without a type', {
    ...upload,
    headers: [],
    status: mismatch('', 'text/plain'),
  }),
  row('a script', 'CSV without a type in the header nor in the path', {
    ...upload,
    send: 'POST /v3/DATA/contactslist/{list}/csvdata',
    headers: [],
    status: mismatch('', ''),
  }),
  row('make.org platform', 'CSV as application/octet-stream', {
    ...upload,
    send: 'POST /v3/DATA/contactslist/{list}/CSVData/application:octet-stream',
    headers: ['Content-Type: application/octet-stream'],
  }),
  row(
    'mailjet gem 1.8',
    'a File: Content-Length together with chunks',
    {
      ...upload,
      headers: [plain, `Content-Length: ${Buffer.byteLength(csv)}`, chunked],
      body: inChunks('email,name\nzoe@exam', 'ple.com,Zoë\n'),
    },
    stored(csv),
  ),
  row(
    'mailjet gem 1.8',
    'a File whose Content-Length is wrong',
    { ...upload, headers: [plain, 'Content-Length: 5', chunked], body: inChunks(csv) },
    stored(csv),
  ),
  row(
    'mailjet-apiv3-php-simple',
    'Expect: 100-continue and 1.3 MB',
    {
      ...upload,
      headers: [plain, 'Expect: 100-continue', `Content-Length: ${1_300_000}`],
      body: 'email\n'.padEnd(1_300_000, 'x'),
    },
    stored('email\n'.padEnd(1_300_000, 'x')),
  ),
  row(
    'mailjet-apiv3-php-simple',
    'Expect: 100-continue before JSON of 1.3 MB',
    {
      send: 'POST /v3/REST/contact/managemanycontacts',
      headers: [json, 'Expect: 100-continue', 'Content-Length: 1300000'],
      body: '{"Contacts":[{"Email":"zoe@example.com","Name":"Zoë"}]}'.padEnd(1_299_999, ' '),
      status: '201 Created',
    },
    { send: 'GET /v3/REST/contact/zoe@example.com', status: '200 OK', has: ['"Name" : "Zoë"'] },
  ),
];
