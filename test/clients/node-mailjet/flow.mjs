// Walks through a life of contacts with the version of node-mailjet named first, and prints what it saw.
// The client is set up as its README says; how it gets to the mock is the second argument.
import { createRequire } from 'node:module';

const [name, way] = process.argv.slice(2);
const { MOCK_PORT: port, KEY: apiKey, SECRET: apiSecret } = process.env;
const required = createRequire(import.meta.url)(name);
const Mailjet = required.default ?? required;
const mailjet = connect(apiKey, apiSecret);
const seen = {};

function connect(key, secret) {
  const proxyUrl = `http://127.0.0.1:${port}`;
  if (name === 'node-mailjet-3') {
    return Mailjet.connect(key, secret, way === 'proxyUrl' ? { proxyUrl } : {});
  }
  if (way === 'plain HTTP') Mailjet.Request.protocol = 'http://';
  const isDirect = way === 'plain HTTP' || way === 'HTTPS';
  return new Mailjet({
    apiKey: key,
    apiSecret: secret,
    ...(isDirect ? { config: { host: `127.0.0.1:${port}` } } : {}),
    ...(way === 'proxyUrl' ? { options: { proxyUrl: { host: '127.0.0.1', port } } } : {}),
  });
}

async function see(what, request, ...args) {
  try {
    const { response, body: read } = await request.request(...args);
    seen[what] = { status: response.status, body: read };
    return read;
  } catch (error) {
    const { statusCode, message, statusText } = error;
    seen[what] = { failed: statusCode, message, ...(statusText ? { statusText } : {}) };
  }
}

const email = 'ann+x@example.com';
const made = await see('create', mailjet.post('contact'), { Email: email, Name: 'Ann Lee' });
const { ID } = made.Data[0];
await see('create again', mailjet.post('contact'), { Email: email });
await see('find by address', mailjet.get('contact').id(email));
await see('find by ID', mailjet.get('contact').id(ID));
const query = { Limit: 1, Sort: 'Email desc', countrecords: 1 };
await see('list', mailjet.get('contact'), ...(/[34]$/.test(name) ? [query] : [{}, query]));
await see('update', mailjet.put('contact').id(ID), { Name: 'Ann Li' });
await see('update without a difference', mailjet.put('contact').id(ID), { Name: 'Ann Li' });
await see('properties', mailjet.put('contactdata').id(ID), {
  Data: [{ Name: 'country', Value: 'NL' }],
});

const list = (await see('list of its own', mailjet.post('contactslist'), { Name: 'Readers' }))
  .Data[0].ID;
await see('subscribe', mailjet.post('contactslist').id(list).action('managecontact'), {
  Email: email,
  Action: 'addnoforce',
  Properties: { firstname: 'Ann' },
});
await see('unsubscribe', mailjet.post('contact').id(ID).action('managecontactslists'), {
  ContactsLists: [{ ListID: list, Action: 'unsub' }],
});
await see('lists', mailjet.get('contact').id(ID).action('getcontactslists'));

const bulk = await see('bulk', mailjet.post('contact').action('managemanycontacts'), {
  Contacts: [{ Email: 'bob@example.com' }, { Email: 'cem@example.com' }],
  ContactsLists: [{ ListID: list, Action: 'addforce' }],
});
const job = bulk.Data[0].JobID;
await see('bulk job', mailjet.get('contact').action('managemanycontacts').id(job));
const listBulk = await see(
  'bulk of a list',
  mailjet.post('contactslist').id(list).action('managemanycontacts'),
  { Action: 'addforce', Contacts: [{ Email: 'eve@example.com' }] },
);
await see(
  'bulk job of a list',
  mailjet.get('contactslist').id(list).action('managemanycontacts').id(listBulk.Data[0].JobID),
);

const csv = 'email,country\nfay@example.com,DE\nno address,FR\n';
const upload = await see('upload', mailjet.post('contactslist').id(list).action('csvdata'), csv);
const started = await see('import', mailjet.post('csvimport'), {
  ContactsListID: list,
  DataID: upload.ID,
  Method: 'addnoforce',
});
await see('import job', mailjet.get('csvimport').id(started.Data[0].ID));
await see('error file', mailjet.get('batchjob').id(started.Data[0].ID).action('csverror'));
await see('imported', mailjet.get('contactdata').id('fay@example.com'));

await see('delete by v3', mailjet.delete('contact').id(ID));
await see('delete by v4', mailjet.delete('contacts', { version: 'v4' }).id(ID));
await see('delete the list', mailjet.delete('contactslist').id(list));
await see('wrong keys', connect(apiKey, 'wrong').get('contact'));

process.stdout.write(JSON.stringify(seen));
