// An import that kill -9 stops again and again must end as one that nothing disturbed.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { messyFile } from './messy-file.mjs';
import { createRandom } from './random.mjs';
import { startServer } from './server.mjs';

/**
 * Kills until there were enough, then lets it end; an import that ends before is followed by another in a new folder.
 * @returns what was done, and in `differences` what was not as it should be
 */
export async function killImports({ rows, kills, seed, log }) {
  const random = createRandom(seed);
  const csv = messyFile(rows, random);
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-kill-import-'));
  try {
    const quiet = join(folder, 'quiet');
    let server = await startServer(['--data', quiet]);
    const begun = performance.now();
    const job = await startImport(server, csv);
    await ended(server, job);
    const quietMs = performance.now() - begun;
    const expected = await outcome(server, quiet, job);
    log(`undisturbed: ${Math.round(quietMs)} ms, ${expected.counts}`);

    const rounds = [];
    const differences = [];
    for (let done = 0; done < kills; ) {
      const data = join(folder, `round-${rounds.length}`);
      const round = { kills: 0, inWork: 0 };
      server = await startServer(['--data', data]);
      const id = await startImport(server, csv);
      for (let before = -1; ; ) {
        const [row] = await server.get(`csvimport/${id}`);
        if (isEnd(row)) break;
        if (row.Current > before) round.inWork += 1;
        before = row.Current;
        if (done + round.kills >= kills) {
          await ended(server, id);
          break;
        }
        // often shorter than it takes to read up to the last checkpoint, else long enough to get on
        await pause(random.below(random.below(2) === 0 ? quietMs / 2 : quietMs / 10));
        await server.end('SIGKILL');
        round.kills += 1;
        server = await startServer(['--data', data]);
      }
      done += round.kills;
      rounds.push(round);
      log(`round ${rounds.length}: ${round.kills} kills, ${round.inWork} of them after a step on`);
      const found = await outcome(server, data, id);
      for (const [name, value] of Object.entries(expected))
        if (String(found[name]) !== String(value))
          differences.push(`round ${rounds.length}: ${name} ${found[name]} instead of ${value}`);
      rmSync(data, { recursive: true });
    }
    return { rows, kills, counts: expected.counts, rounds, differences };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startImport(server, csv) {
  const [list] = await server.get('contactslist');
  for (const [Name, Datatype] of [
    ['age', 'int'],
    ['since', 'datetime'],
  ])
    await server.call('POST', '/v3/REST/contactmetadata', { Name, Datatype });
  const path = `/v3/DATA/contactslist/${list.ID}/CSVData/text:plain`;
  const upload = await server.call('POST', path, csv, { type: 'text/plain' });
  const wish = {
    ContactsListID: list.ID,
    DataID: JSON.parse(upload.text).ID,
    Method: 'addforce',
  };
  const { text } = await server.call('POST', '/v3/REST/csvimport', wish);
  return JSON.parse(text).Data[0].ID;
}

const isEnd = ({ Status }) => ['Completed', 'Error', 'Abort'].includes(Status);

async function ended(server, job) {
  while (!isEnd((await server.get(`csvimport/${job}`))[0])) await pause(20);
}

/** All that an import leaves, but for IDs and times; ends the server. */
async function outcome(server, data, job) {
  const [row] = await server.get(`csvimport/${job}`);
  const errors = await server.call('GET', `/v3/DATA/batchjob/${job}/CSVError/text:csv`);
  const logged = server.errors.map(({ msg }) => msg);
  const { code } = await server.end('SIGTERM');
  const [file] = readdirSync(join(data, 'accounts')).filter((name) => name.endsWith('.sqlite'));
  const db = new Sqlite(join(data, 'accounts', file), { readonly: true });
  const hash = (sql) => {
    const sum = createHash('sha256');
    for (const values of db.prepare(sql).raw().iterate()) sum.update(`${JSON.stringify(values)}\n`);
    return sum.digest('hex').slice(0, 16);
  };
  const result = {
    counts: [row.Status, row.Count, row.Current, row.Errcount],
    contacts: hash(
      `SELECT Email, Name, (SELECT json_group_array(m.Name || '=' || v.value ORDER BY m.Name)
         FROM json_each(properties) AS v JOIN contactmetadata AS m ON m.ID = v.key)
       FROM contact ORDER BY ID`,
    ),
    subscriptions: hash(
      `SELECT l.Name, c.Email, r.IsUnsubscribed FROM listrecipient AS r
       JOIN contact AS c ON c.ID = r.ContactID JOIN contactslist AS l ON l.ID = r.ListID ORDER BY r.ID`,
    ),
    lists: hash(
      `SELECT Name, SubscriberCount, (SELECT count(*) FROM listrecipient AS r
         WHERE r.ListID = l.ID AND r.IsUnsubscribed = 0) FROM contactslist AS l ORDER BY ID`,
    ),
    miscounted: db
      .prepare(
        `SELECT count(*) FROM contactslist AS l WHERE SubscriberCount <> (SELECT count(*)
           FROM listrecipient AS r WHERE r.ListID = l.ID AND r.IsUnsubscribed = 0)`,
      )
      .pluck()
      .get(),
    properties: hash('SELECT Name, Datatype, NameSpace FROM contactmetadata ORDER BY ID'),
    files: hash('SELECT owner, kind, size, isComplete FROM data ORDER BY ID'),
    errorFile: createHash('sha256').update(errors.text).digest('hex').slice(0, 16),
    errorLines: errors.text.match(/, ###/g)?.length ?? 0,
    sound: db.pragma('quick_check', { simple: true }),
    dangling: db.pragma('foreign_key_check').length,
    logged,
    exitCode: code,
  };
  db.close();
  return result;
}
