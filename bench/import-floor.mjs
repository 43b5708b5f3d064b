// The floor of an import: a bare program that reads the file (CSV with csv-parse, or the body of managemanycontacts
// with JSON.parse) and writes the same rows to the same schema with better-sqlite3. No HTTP, no checks, no error file, no checkpoints.
//   node bench/import-floor.mjs FILE.csv|FILE.json DATABASE|:memory: ROWS_A_STATEMENT RUN_LENGTH KNOWN(0|1)
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { parse } from 'csv-parse';

const [file, path, rowsAtOnce, runLength, known] = process.argv.slice(2);
const many = Number(rowsAtOnce);
const db = new Sqlite(path);
if (path !== ':memory:') {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
}
db.pragma('foreign_keys = ON');
const migrations = fileURLToPath(new URL('../migrations/', import.meta.url));
for (const name of readdirSync(migrations).sort()) db.exec(readFileSync(migrations + name, 'utf8'));
db.exec(
  "INSERT INTO contactslist (ID, Address, CreatedAt, Name) VALUES (5, 'list', '2026-01-01T00:00:00Z', 'List')",
);

const now = '2026-01-01T00:00:00Z';
const marks = (count, mark) => Array(count).fill(mark).join(', ');
const contacts = (count) =>
  db.prepare(
    `INSERT INTO contact (Email, CreatedAt, LastActivityAt, LastUpdateAt, properties) VALUES ${marks(count, '(?, @now, @now, @now, ?)')}
     ON CONFLICT (Email) DO UPDATE SET properties = excluded.properties WHERE properties <> excluded.properties`,
  );
const find = (count) =>
  db.prepare(`SELECT ID FROM contact WHERE Email IN (${marks(count, '?')})`).pluck();
const members = (count) =>
  db.prepare(
    `INSERT INTO listrecipient (ContactID, ListID, SubscribedAt) VALUES ${marks(count, '(?, 5, @now)')} ON CONFLICT DO NOTHING`,
  );
const prepared = new Map();
const statement = (make, count) => {
  const key = `${make.name}${count}`;
  if (!prepared.has(key)) prepared.set(key, make(count));
  return prepared.get(key);
};

function write(rows) {
  for (let at = 0; at < rows.length; at += many) {
    const some = rows.slice(at, at + many);
    const values = [];
    for (const [email, age, city, plan] of some) {
      values.push(
        email,
        `{"70001":${JSON.stringify(age)},"70002":${JSON.stringify(city)},"70003":${JSON.stringify(plan)}}`,
      );
    }
    const { lastInsertRowid } = statement(contacts, some.length).run(values, { now });
    const ids = isKnown
      ? statement(find, some.length).all(some.map(([email]) => email))
      : some.map((_, i) => lastInsertRowid - some.length + 1 + i);
    statement(members, some.length).run(ids, { now });
  }
}

let isKnown = false;
async function run() {
  const start = performance.now();
  let rows = [];
  let count = 0;
  db.exec('BEGIN');
  const flush = () => {
    if (Number(runLength) > 1) rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    for (let at = 0; at < rows.length; at += 1000) {
      write(rows.slice(at, at + 1000));
      db.exec('COMMIT; BEGIN');
    }
    count += rows.length;
    rows = [];
  };
  const take = (row) => {
    rows.push(row);
    if (rows.length >= Math.max(1000, Number(runLength))) flush();
  };
  if (file.endsWith('.json')) readJson(take);
  else await readCsv(take);
  flush();
  db.exec('COMMIT');
  return { count, seconds: (performance.now() - start) / 1000 };
}

function readJson(take) {
  for (const { Email, Properties } of JSON.parse(readFileSync(file, 'utf8')).Contacts)
    take([Email, Properties.age, Properties.city, Properties.plan]);
}

async function readCsv(take) {
  const parser = createReadStream(file, { highWaterMark: 64 * 1024 }).pipe(
    parse({
      delimiter: ',',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      from: 2,
    }),
  );
  parser.on('readable', () => {
    for (let row = parser.read(); row !== null; row = parser.read()) take(row);
  });
  await new Promise((resolve) => parser.on('end', resolve));
}

let result = await run();
if (known === '1') {
  isKnown = true;
  result = await run();
}
const size = db.pragma('page_count', { simple: true }) * db.pragma('page_size', { simple: true });
console.log(JSON.stringify({ ...result, size }));
