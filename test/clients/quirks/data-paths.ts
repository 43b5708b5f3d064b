import { chunked, inChunks, plain, type Quirk, type Step } from './quirk.ts';

const row = (client: string, does: string, step: Step): Quirk => ({ client, does, ...step });
const get = (path: string) => `GET /v3/${path}`;
const csv = 'email\nfay@example.com\n';
const upload = (path: string): Step => ({
  send: `POST /v3/${path}`,
  headers: [plain],
  body: csv,
  status: '200 OK',
  has: ['{ "ID" : '],
});
const errorFile: Omit<Step, 'send'> = {
  status: '200 OK',
  type: 'text/csv',
  has: ['no address,Nobody, ###Invalid email###email\n'],
};

/** The ways in which clients write the paths of files. */
export const dataPaths: Quirk[] = [
  ...[
    ['node-mailjet 3.4', 'DATA/contactslist/{list}/csvdata/text:plain'],
    ['mailjet-rest 1.8', 'DATA/contactslist/{list}/CSVData/text:plain'],
    ['mailjet-apiv3-php-simple', 'DATA/Contactslist/{list}/csvdata/text:plain'],
    ['a strict URL library', 'DATA/contactslist/{list}/csvdata/text%3Aplain'],
    ['a strict URL library', 'data/contactslist/{list}/csvdata/TEXT%3aPLAIN'],
  ].map(([client = '', path = '']) => row(client, `POST ${path}`, upload(path))),
  ...[
    ['mailjet-rest 1.8', 'DATA/batchjob/{job}/CSVError/text:csv'],
    ['node-mailjet 3.4', 'DATA/batchjob/{job}/csverror/text:csv'],
    ['mailjet gem 1.8', 'DATA/BatchJob/{job}/CSVError/text:csv'],
    ['node-mailjet 3.3', 'DATA/batchjob/{job}/csverror'],
    ['a strict URL library', 'DATA/batchjob/{job}/csverror/text%3Acsv'],
  ].map(([client = '', path = '']) =>
    row(client, `GET ${path}`, { send: get(path), ...errorFile }),
  ),
  row('mailjet-apiv3-php 2.0', 'JSONError with LAST', {
    send: get('DATA/batchjob/{batch}/JSONError/application:json/LAST'),
    status: '200 OK',
    has: ['"Email" : "cem@example.com"', 'property not defined'],
  }),
  row('mailjet gem 1.8', 'an upload to a list that is not there', {
    send: 'POST /v3/DATA/contactslist/1/CSVData/text:plain',
    headers: [plain, chunked],
    body: inChunks(csv),
    status: '404 Source object not found',
    type: 'text/plain',
    is: '{ "ErrorInfo" : "", "ErrorMessage" : "Source object not found", "StatusCode" : 404 }',
  }),
];
