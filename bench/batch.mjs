// managemanycontacts with all contacts in one body, from its POST to Completed, against a bare program that parses
// the same JSON and writes the same rows.
//   node bench/batch.mjs [CONTACTS]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestFloor } from './support/floor.mjs';
import { median, report } from './support/report.mjs';
import { contactsOf } from './support/rows.mjs';
import { startServer, waitForJob } from './support/server.mjs';

const count = Number(process.argv[2] ?? 50_000);
const rounds = 3;
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const contacts = [...contactsOf(count)].map(([Email, age, city, plan]) => ({
  Email,
  Properties: { age: String(age), city, plan },
}));
const file = join(folder, 'contacts.json');

for (const place of ['memory', 'disk']) {
  const seconds = [];
  for (let round = 0; round < rounds; round += 1) {
    const flags = place === 'memory' ? [] : ['--data', join(folder, `data-${round}`)];
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
    writeFileSync(file, body);
    const start = performance.now();
    const made = await server.call('POST', '/v3/REST/contact/managemanycontacts', body);
    const { JobID } = made.json().Data[0];
    const ended = await waitForJob(server, `/v3/REST/contact/managemanycontacts/${JobID}`, start);
    seconds.push(ended.seconds);
    await server.stop();
  }
  const limit = bestFloor({ folder, file, trial: file, place });
  report({
    bench: `managemanycontacts of ${count} contacts, ${place}`,
    ours: count / median(seconds),
    limit: count / limit.seconds,
    unit: 'contacts/s',
    aim: { atLeast: 0.6 },
    note: `floor: ${limit.way}`,
  });
}
rmSync(folder, { recursive: true });
