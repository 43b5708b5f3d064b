// 200 connections of mixed reads and writes while imports run; reports answers that nobody asked for, and memory.
//   npm run build && node test/torture/load.mjs [MINUTES]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from './random.mjs';
import { startServer } from './server.mjs';

const minutes = Number(process.argv[2] ?? 5);
const connections = 200;
const importRows = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'mockjet-load-'));
const server = await startServer(['--data', folder]);
const random = createRandom(1);
const until = performance.now() + minutes * 60_000;
const isOver = () => performance.now() > until;
const unexpected = {};
const times = [];
/** Of the first request on each connection: Node takes in one new connection a turn of its event loop. */
const firstTimes = [];
let requests = 0;

async function ask(method, path, body, type, kept = times) {
  const begun = performance.now();
  const { status, text } = await server.call(method, path, body, type && { type });
  kept.push(performance.now() - begun);
  requests += 1;
  if (status >= 300 && status !== 304) {
    const what = `${status} ${method} ${path.split(/[/?]/).slice(0, 4).join('/')}`;
    unexpected[what] = (unexpected[what] ?? 0) + 1;
  }
  return text === '' ? {} : JSON.parse(text);
}

const rest = (path) => `/v3/REST/${path}`;
const { Data } = await ask('GET', rest('contactslist'));
const list = Data[0].ID;

async function connection(n) {
  await ask('GET', rest('contactslist'), undefined, undefined, firstTimes);
  for (let turn = 0; !isOver(); turn += 1) {
    const Email = `load-${n}-${turn % 50}@example.com`;
    const Action = random.pick(['addforce', 'addnoforce', 'unsub', 'remove']);
    await ask('POST', rest(`contactslist/${list}/managecontact`), {
      Email,
      Action,
      Name: `Turn ${turn}`,
    });
    await ask('GET', rest(`contact/${Email}`));
    await ask('PUT', rest(`contactdata/${Email}`), {
      Data: [{ Name: 'country', Value: `C${turn}` }],
    });
    await ask('GET', rest(`listrecipient?ContactsList=${list}&Limit=20`));
    await ask('GET', rest(`contact?Limit=10&Offset=${random.below(500)}&countOnly=${turn % 2}`));
  }
}

let imports = 0;
async function importing() {
  const rows = Array.from({ length: importRows }, (_, n) => `person${n}@example.com,${n}\n`);
  while (!isOver()) {
    const path = `/v3/DATA/contactslist/${list}/CSVData/text:plain`;
    const { ID } = await ask('POST', path, `email,nickname\n${rows.join('')}`, 'text/plain');
    const wish = { ContactsListID: list, DataID: ID, Method: 'addforce' };
    let [job] = (await ask('POST', rest('csvimport'), wish)).Data;
    while (!['Completed', 'Error', 'Abort'].includes(job.Status) && !isOver()) {
      await pause(100);
      [job] = (await ask('GET', rest(`csvimport/${job.ID}`))).Data;
    }
    if (job.Status === 'Completed') imports += 1;
  }
}

const megabytes = () =>
  Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024,
  );
const memory = [megabytes()];
const watching = setInterval(() => memory.push(megabytes()), 5_000);
await Promise.all([importing(), ...Array.from({ length: connections }, (_, n) => connection(n))]);
clearInterval(watching);
times.sort((a, b) => a - b);
firstTimes.sort((a, b) => a - b);
const quantile = (part) => Math.round(times[Math.floor(times.length * part)] ?? 0);
const { code } = await server.end('SIGTERM');
rmSync(folder, { recursive: true });
console.log(
  JSON.stringify({
    minutes,
    connections,
    requests,
    imports,
    unexpected,
    ms: { median: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999) },
    longestFirst: Math.round(firstTimes.at(-1) ?? 0),
    memory,
    logged: server.errors.length,
    code,
  }),
);
if (Object.keys(unexpected).length > 0 || server.errors.length > 0) process.exitCode = 1;
