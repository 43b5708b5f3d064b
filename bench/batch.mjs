// managemanycontacts with all contacts in one body, from its POST to Completed, against a bare program that parses
// the same JSON and writes the same rows.
//   node bench/batch.mjs [CONTACTS]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastestWay } from './support/floor.mjs';
import { median, report } from './support/report.mjs';
import { contactsOf } from './support/rows.mjs';
import { startServer, waitForJob } from './support/server.mjs';

const count = Number(process.argv[2] ?? 50_000);
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const contacts = [...contactsOf(count)].map(([Email, age, city, plan]) => ({
  Email,
  Properties: { age: String(age), city, plan },
}));
const file = join(folder, 'contacts.json');

for (const place of ['memory', 'disk']) {
  writeFileSync(file, JSON.stringify({ Contacts: contacts }));
  const floor = fastestWay({ folder, trial: file, place });
  const ours = [];
  const limits = [];
  // in turns, so that what else the machine does slows both
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await measure(place === 'memory' ? [] : ['--data', join(folder, `data-${round}`)]));
    limits.push(floor.run(file).seconds);
  }
  report({
    bench: `managemanycontacts of ${count} contacts, ${place}`,
    ours: count / median(ours),
    limit: count / median(limits),
    unit: 'contacts/s',
    aim: { atLeast: 0.6 },
    note: `floor: ${floor.way}`,
  });
}
rmSync(folder, { recursive: true });

/** Seconds from the POST to a server started with `flags` to the end of its job. */
async function measure(flags) {
  const server = await startServer(flags);
  for (const Name of ['age', 'city', 'plan'])
    await server.call(
      'POST',
      '/v3/REST/contactmetadata',
      JSON.stringify({ Name, Datatype: 'str', NameSpace: 'static' }),
    );
  const list = (await server.call('GET', '/v3/REST/contactslist')).json().Data[0].ID;
  const body = JSON.stringify({
    ContactsLists: [{ ListID: list, Action: 'addnoforce' }],
    Contacts: contacts,
  });
  const start = performance.now();
  const made = await server.call('POST', '/v3/REST/contact/managemanycontacts', body);
  const { JobID } = made.json().Data[0];
  const ended = await waitForJob(server, `/v3/REST/contact/managemanycontacts/${JobID}`, start);
  await server.stop();
  return ended.seconds;
}
