// What grows with an account: rows a second of its import, and the time of lookups and list pages at each size,
// against the smallest. A deep offset and a count may walk an index: their figures are given.
//   node bench/growth.mjs [SIZE,SIZE,...] [REQUESTS]
import { median, report } from './support/report.mjs';
import { csvOf } from './support/rows.mjs';
import { importCsv, startServer } from './support/server.mjs';

const sizes = (process.argv[2] ?? '10000,100000,1000000,3000000').split(',').map(Number);
const requests = Number(process.argv[3] ?? 200);
const flat = { text: 'flat: at most 3 times the smallest' };
const walks = { text: 'may walk an index', met: true };
const first = new Map();

for (const size of sizes) {
  const server = await startServer(['--body-limit', '2000000000']);
  const { seconds } = await importCsv(server, csvOf(size));
  const smallest = smallestOf('import', size / seconds);
  report({
    bench: `import of ${size} rows`,
    ours: size / seconds,
    limit: smallest,
    unit: 'rows/s',
    aim: { atLeast: 1 / 3 },
  });
  // a list with few members in the large account
  await server.call('POST', '/v3/REST/contactslist', '{"Name":"Few"}');
  const lists = (await server.call('GET', '/v3/REST/contactslist')).json().Data;
  const [all, few] = lists.map(({ ID }) => ID);
  const page = (await server.call('GET', '/v3/REST/contact?Limit=1000')).json().Data;
  for (const { ID } of page.slice(-20))
    await server.call(
      'POST',
      `/v3/REST/contact/${ID}/managecontactslists`,
      JSON.stringify({ ContactsLists: [{ ListID: few, Action: 'addnoforce' }] }),
    );
  const some = (i) => page[(i * 7) % page.length];
  const asked = {
    'GET contact by ID': (i) => `/contact/${some(i).ID}`,
    'GET contact by address': (i) => `/contact/${some(i).Email}`,
    'first page of contact': () => '/contact',
    'page 1000 of contact': () => '/contact?Limit=10&Offset=9990',
    'contact by list, first page': () => `/contact?ContactsList=${all}`,
    'contact by list, page 1000': () => `/contact?ContactsList=${all}&Limit=10&Offset=9990`,
    'contact by a small list': () => `/contact?ContactsList=${few}&Limit=100`,
    'contactdata by list': () => `/contactdata?ContactsList=${all}`,
    'listrecipient by list': () => `/listrecipient?ContactsList=${all}`,
    'listrecipient by contact': (i) => `/listrecipient?Contact=${some(i).ID}`,
    getcontactslists: (i) => `/contact/${some(i).ID}/getcontactslists`,
    'last page of contact': () => `/contact?Limit=10&Offset=${size - 10}`,
    'countrecords of contact': () => '/contact?countrecords=1&Limit=1',
    'countrecords of a list': () => `/contact?ContactsList=${all}&countrecords=1&Limit=1`,
  };
  for (const [name, path] of Object.entries(asked)) {
    const ms = await measure(server, path);
    const limit = smallestOf(name, ms);
    const mayWalk = name.startsWith('count') || name.startsWith('last');
    report({
      bench: `${name}, ${size} contacts`,
      ours: ms,
      limit,
      unit: 'ms',
      // below a millisecond the machine's noise is all there is
      aim: mayWalk ? walks : { ...flat, met: ms <= Math.max(3 * limit, 1) },
    });
  }
  await server.stop();
}

function smallestOf(name, figure) {
  if (!first.has(name)) first.set(name, figure);
  return first.get(name);
}

/** Median milliseconds of one request after the other; at most ten seconds of them. */
async function measure(server, path) {
  const times = [];
  const end = performance.now() + 10_000;
  for (let i = 0; i < requests && performance.now() < end; i += 1) {
    const since = performance.now();
    const { status, text } = await server.call('GET', `/v3/REST${path(i)}`);
    times.push(performance.now() - since);
    if (status !== 200) throw new Error(`${path(i)}: ${text}`);
  }
  return median(times);
}
