import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, startMockjet } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'mockjet-guide-'));
let mockjet: Mockjet;
beforeAll(async () => {
  const seed = join(import.meta.dirname, '../../seed/guide.json');
  mockjet = await startMockjet({ pace: 'instant', seed });
  writeFileSync(join(folder, 'test.csv'), 'email,age\nfoo@example.org,42\nsam@ple.co.uk,37\n');
});
afterAll(async () => {
  await mockjet.close();
  rmSync(folder, { recursive: true });
});

const people = ['jimsmith', 'janetdoe'].map(
  (name) =>
    `{ "Email": "${name}@example.com", "Name": "${name}", "Properties": { "Property1": "value", "Property2": "value2" } }`,
);
const options = String.raw`{\"DateTimeFormat\": \"yyyy/mm/dd\",\"TimezoneOffset\": 2,\"FieldNames\": [\"email\",\"birthday\"]}`;
const call = (method: string, path: string) =>
  `curl -s \\\n\t-X ${method} \\\n\t--user "$MJ_APIKEY_PUBLIC:$MJ_APIKEY_PRIVATE" \\\n\thttps://api.mailjet.com/v3/${path}`;
const post = (path: string, body: string) =>
  `${call('POST', path)} \\\n\t-H 'Content-Type: application/json' \\\n\t-d '${body}'`;

/** Each command of the bulk-contacts guide, what its placeholders stand for, and which ID of its answer the next ones need. */
const samples: [string, string, string?][] = [
  [
    'subscriptions of a contact',
    post(
      'REST/contact/$CONTACT/managecontactslists',
      '{ "ContactsLists":[ { "ListID": "$LIST", "Action": "addnoforce" }, { "ListID": "$OTHER", "Action": "addforce" } ] }',
    ),
  ],
  ['the lists of a contact', call('GET', 'REST/contact/$CONTACT/getcontactslists')],
  [
    'contacts on lists 1 and 2',
    post(
      'REST/contact/managemanycontacts',
      `{ "ContactsLists":[ { "ListID": 1, "action": "addnoforce" }, { "ListID": 2, "action": "addforce" } ], "Contacts":[ ${people} ] }`,
    ),
    'JobID',
  ],
  ['its job', call('GET', 'REST/contact/managemanycontacts/$JOB')],
  [
    'contacts on one list',
    post(
      'REST/contactslist/$LIST/ManageManyContacts',
      `{ "Action":"addnoforce", "Contacts":[ ${people} ] }`,
    ),
    'JobID',
  ],
  ['its job', call('GET', 'REST/contactslist/$LIST/ManageManyContacts/$JOB')],
  [
    'an upload',
    `${call('POST', 'DATA/contactslist/$LIST/CSVData/text:plain')} \\\n-H "Content-Type: text/plain" \\\n--data-binary "@./test.csv"`,
    'ID',
  ],
  [
    'an import',
    post('REST/csvimport', '{ "ContactsListID":"$LIST", "DataID":"$JOB", "Method":"addnoforce" }'),
    'ID',
  ],
  ['its job', call('GET', 'REST/csvimport/$JOB')],
  [
    'another upload',
    `${call('POST', 'DATA/contactslist/$LIST/CSVData/text:plain')} \\\n-H "Content-Type: text/plain" \\\n--data-binary "@./test.csv"`,
    'ID',
  ],
  [
    'an import with options',
    post(
      'REST/csvimport',
      `{ "ContactsListID":"$LIST", "DataID":"$JOB", "Method":"addnoforce", "ImportOptions":"${options}" }`,
    ),
    'ID',
  ],
  ['its errors', call('GET', 'DATA/BatchJob/$JOB/CSVError/text:csv')],
];

describe('with seed/guide.json, a curl command of the bulk-contacts guide runs as it stands:', () => {
  let job = '';
  it.each(samples)('%s', async (_what, command, next) => {
    const values: Record<string, string> = {
      ...{ CONTACT: '100', LIST: '1', OTHER: '2', JOB: job },
      MJ_APIKEY_PUBLIC: 'public',
      MJ_APIKEY_PRIVATE: 'private',
    };
    const filled = command
      .replace('https://api.mailjet.com', mockjet.url)
      .replace(/\$([A-Z_]+)/g, (_all, name: string) => values[name] ?? '');
    const line = `${filled} -w '\\n%{http_code}'`;
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: folder });
    const [status, ...body] = stdout.split('\n').reverse();
    expect([status, body.join('')]).toEqual([
      expect.stringMatching(/^20[01]$/),
      expect.any(String),
    ]);
    expect(body.join('')).not.toContain('"Status" : "Error"');
    if (next !== undefined) job = new RegExp(`"${next}" ?: ?(\\d+)`).exec(body.join(''))?.[1] ?? '';
    if (next !== undefined) expect(job).toMatch(/^\d+$/);
  });
});
