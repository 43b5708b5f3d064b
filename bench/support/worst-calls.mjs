// The calls that one caller can make of every route, with the worst that each takes: [method, path, body, type].
import { resources } from '../../src/resources/all.ts';
import { controlRoutes } from '../../src/wire/control/routes.ts';
import { filled, list, long, worstForms, worstJson } from './worst-bodies.mjs';
import { worstMails } from './worst-mails.mjs';

const megabyte = 1024 * 1024;
const json = 16 * megabyte;
const form = 'application/x-www-form-urlencoded';

/** Families of calls: each begins on a server of its own. @param ids what the account holds, by resource */
export const families = {
  /** Every reader of bodies with every shape. */
  readers: () => [
    ...calls('POST', '/v3/REST/contact', worstJson(json)),
    ...calls('POST', '/v3/REST/contact', worstForms(json), form),
    ...calls('POST', '/v3/send', worstJson(15 * megabyte)),
    ...calls('POST', '/v3/send', worstForms(15 * megabyte), form),
    ...calls('POST', '/v3.1/send', worstJson(15 * megabyte)),
    ...calls('POST', '/_mockjet/seed', worstJson(json)),
    ...calls('POST', '/_mockjet/faults', worstJson(megabyte)),
  ],
  resources: (ids) => resources.flatMap((resource) => callsOf(resource, ids[resource.name])),
  contacts: worstContacts,
  sending: worstMails,
  control: (ids) => [...controlRoutes.flatMap((route) => controlCalls(route, ids)), ...seeds()],
};

const calls = (method, path, bodies, type) =>
  Object.entries(bodies).map(([what, body]) => ({ what, method, path, body, type }));

function callsOf(resource, id) {
  const path = `/v3/REST/${resource.name}`;
  const bodies = filled([...resource.inputs.keys()], json);
  const query = resource.filterList.map(([name]) => `${name}=${'x'.repeat(200)}`).join('&');
  return [
    { what: 'a page', method: 'GET', path: `${path}?Limit=0` },
    { what: 'every filter', method: 'GET', path: `${path}?Limit=0&${query}` },
    { what: 'sorts', method: 'GET', path: `${path}?Sort=${'ID,'.repeat(2000)}ID` },
    ...(resource.operations.includes('Post') ? calls('POST', path, bodies) : []),
    ...(resource.operations.includes('Put') ? calls('PUT', `${path}/${id ?? 1}`, bodies) : []),
    ...resource.actions.flatMap((action) =>
      action.handlers.Post === undefined
        ? []
        : calls(
            'POST',
            `${path}/${action.isGlobal ? '' : `${id ?? 1}/`}${action.name}`,
            filled(
              action.parameters.map(({ name }) => name),
              json,
            ),
          ),
    ),
  ];
}

function worstContacts({ contactslist, contactfilter, property }) {
  const people = (count, more) =>
    Array.from({ length: count }, (_, i) => `{"Email":"c${i}@example.com"${more}}`).join(',');
  const value = `"Value":"${long('x', 1500)}"`;
  const condition = (count) =>
    `(${property}=\\"a\\")`.concat(` OR (${property}=\\"a\\")`.repeat(count));
  return [
    ...calls('POST', '/v3/REST/contact/managemanycontacts', {
      'very many contacts': `{"Contacts":[${people(300_000, '')}]}`,
      'contacts with long values': `{"Contacts":[${people(240, `,"Properties":{"${property}":"${long('x', 65_000)}"}`)}]}`,
      'contacts that are none': `{"Contacts":${list('{}', json)}}`,
      'contacts into many lists': `{"Contacts":[${people(100, '')}],"ContactsLists":${manyLists(10_000, contactslist)}}`,
    }),
    ...calls('POST', '/v3/REST/contact/ann@example.com/managecontactslists', {
      'many lists': `{"ContactsLists":${manyLists(10_000, contactslist)}}`,
      'lists that are none': `{"ContactsLists":${manyLists(10_000, 5)}}`,
    }),
    ...calls('PUT', '/v3/REST/contactdata/ann@example.com', {
      'many values': `{"Data":[${Array(10_000).fill(`{"Name":"${property}",${value}}`).join(',')}]}`,
      'values that are too long': `{"Data":[${Array(200)
        .fill(`{"Name":"${property}","Value":"${long('x', 80_000)}"}`)
        .join(',')}]}`,
    }),
    ...calls('PUT', `/v3/REST/contactfilter/${contactfilter}`, {
      'a long expression': `{"Expression":"${long(' ', json - 100)}"}`,
      'many conditions': `{"Expression":"${condition(1000)}"}`,
      'very many conditions': `{"Expression":"${condition(500_000)}"}`,
      brackets: `{"Expression":"${long('(', json - 100)}"}`,
    }),
    { what: 'a page of long values', method: 'GET', path: '/v3/REST/contactdata?Limit=0' },
    { what: 'a page that fits', method: 'GET', path: '/v3/REST/contactdata?Limit=200' },
    ...uploads(contactslist),
  ];
}

const manyLists = (count, id) =>
  `[${Array(count).fill(`{"ListID":${id},"Action":"addforce"}`).join(',')}]`;

function uploads(contactslist) {
  const path = `/v3/DATA/contactslist/${contactslist}/CSVData/text:plain`;
  const files = {
    'a CSV of short lines': long('a@example.com\n', 64 * megabyte),
    'a CSV of bad lines': `email\n${long('a\n', 64 * megabyte - 10)}`,
    'a CSV of one line': `email,${long('x', 64 * megabyte - 10)}`,
    'a CSV of very many columns': `email${','.repeat(8 * megabyte)}\n`.repeat(7),
    'a CSV of quotes': `email\n${long('"', 64 * megabyte - 10)}`,
    'a CSV of empty lines': `email\n${long('\n', 64 * megabyte - 10)}`,
  };
  return Object.entries(files).map(([what, body]) => ({
    what,
    method: 'POST',
    path,
    body,
    type: 'text/plain',
    next: (text) => ({
      method: 'POST',
      path: '/v3/REST/csvimport',
      body: JSON.stringify({
        ContactsListID: contactslist,
        DataID: JSON.parse(text).ID,
        Method: 'addforce',
      }),
      job: 'csvimport',
    }),
  }));
}

/** Every route of control once, with a body that is full of what it takes. */
function controlCalls({ method, path, bodySize, isPublic }, { job }) {
  if (isPublic || (method === 'DELETE' && path === '/account')) return [];
  const size = bodySize === 'upload' ? 64 * megabyte : bodySize === 'json' ? json : megabyte;
  const whole = `/_mockjet${path.replace(':name', 'one').replace(':id', job)}`;
  if (method === 'GET' || method === 'DELETE') return [{ what: 'as it is', method, path: whole }];
  return [
    { what: 'nothing', method, path: whole },
    ...calls(method, whole, {
      'an unknown part of many': `{"a":${list('{"b":1}', size)}}`,
      'many long fields': `{${Array.from({ length: 19_000 }, (_, i) => `"k${i}":"${long('x', size / 19_000 - 14)}"`).join(',')}}`,
    }),
    {
      what: 'no JSON',
      method,
      path: whole,
      body: long('x', size),
      type: 'application/vnd.sqlite3',
    },
  ];
}

function seeds() {
  const contacts = (count, more) =>
    `{"lists":[{"name":"A"}],"properties":[{"name":"p"}],"contacts":[${Array.from({ length: count }, (_, i) => `{"email":"s${i}@example.com"${more}}`).join(',')}]}`;
  const values = (count) =>
    `,"properties":{${Array.from({ length: count }, (_, i) => `"P${i}":1`).join(',')}}`;
  const csv = `email,name\n${Array.from({ length: 19_999 }, (_, i) => `v${i}@example.com,${long('x', 700)}`).join('\n')}`;
  return [
    ...calls('POST', '/_mockjet/seed', {
      'the most contacts': contacts(20_000, ',"lists":["A"],"properties":{"p":"x"}'),
      'too many contacts': contacts(200_000, ''),
      'values of unknown properties': contacts(20_000, values(10)),
      'the most lists': `{"lists":[${Array.from({ length: 2000 }, (_, i) => `{"name":"L${i}"}`).join(',')}]}`,
      'the most signups': `{"signups":[${Array.from({ length: 10_000 }, (_, i) => `{"email":"u${i}@example.com","list":"MyFirstTest"}`).join(',')}]}`,
      'contacts that are none': `{"contacts":${list('{"a":1}', json)}}`,
    }),
    { what: 'a CSV', method: 'POST', path: '/_mockjet/seed', body: csv, type: 'text/csv' },
    {
      what: 'a CSV of columns',
      method: 'POST',
      path: '/_mockjet/seed',
      body: `email${','.repeat(999_990)}\n`,
      type: 'text/csv',
    },
    {
      what: 'a CSV of empty lines',
      method: 'POST',
      path: '/_mockjet/seed',
      body: long('\n', json),
      type: 'text/csv',
    },
  ];
}
