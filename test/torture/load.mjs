// 200 connections of mixed reads and writes while imports run: answers that nobody asked for, log lines of errors, memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from './random.mjs';
import { startServer } from './server.mjs';

const connections = 200;
const importRows = 20_000;
const rest = (path) => `/v3/REST/${path}`;

/** @returns what was done; `differences` name what was answered with 300 and above, and what was logged as an error */
export async function load({ minutes, seed }) {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-load-'));
  const server = await startServer(['--data', folder]);
  try {
    const until = performance.now() + minutes * 60_000;
    const isOver = () => performance.now() > until;
    const caller = createCaller(server);
    const { Data } = await caller.ask('GET', rest('contactslist'));
    const work = { ...caller, list: Data[0].ID, random: createRandom(seed), isOver };
    const memory = [megabytes(server)];
    const watching = setInterval(() => memory.push(megabytes(server)), 5_000);
    const [imports] = await Promise.all([
      importAgainAndAgain(work),
      ...Array.from({ length: connections }, (_, n) => useConnection(work, n)),
    ]);
    clearInterval(watching);
    const { code } = await server.end('SIGTERM');
    const logged = server.errors.map((line) => `logged: ${line}`);
    const unexpected = Object.entries(caller.unexpected).map(([what, n]) => `${n} times ${what}`);
    const differences = [...unexpected, ...logged, ...(code === 0 ? [] : [`ended with ${code}`])];
    return { minutes, connections, imports, ...caller.figures(), memory, differences };
  } finally {
    await server.end('SIGKILL').catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls the server, and takes the times of its answers. */
function createCaller(server) {
  const unexpected = {};
  const times = [];
  /** Of the first request on each connection: Node takes in one new connection a turn of its event loop. */
  const firstTimes = [];
  return {
    unexpected,
    firstTimes,
    async ask(method, path, body, type, kept = times) {
      const begun = performance.now();
      const { status, text } = await server.call(method, path, body, type && { type });
      kept.push(performance.now() - begun);
      if (status >= 300 && status !== 304) {
        const what = `${status} ${method} ${path.split(/[/?]/).slice(0, 4).join('/')}`;
        unexpected[what] = (unexpected[what] ?? 0) + 1;
      }
      return text === '' ? {} : JSON.parse(text);
    },
    figures() {
      const sorted = times.toSorted((a, b) => a - b);
      const quantile = (part) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
      return {
        requests: times.length + firstTimes.length,
        ms: { median: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999) },
        longestFirst: Math.round(Math.max(...firstTimes)),
      };
    },
  };
}

async function useConnection({ ask, firstTimes, list, random, isOver }, n) {
  await ask('GET', rest('contactslist'), undefined, undefined, firstTimes);
  for (let turn = 0; !isOver(); turn += 1) {
    const Email = `load-${n}-${turn % 50}@example.com`;
    const Action = random.pick(['addforce', 'addnoforce', 'unsub', 'remove']);
    const contact = { Email, Action, Name: `Turn ${turn}` };
    await ask('POST', rest(`contactslist/${list}/managecontact`), contact);
    await ask('GET', rest(`contact/${Email}`));
    const values = { Data: [{ Name: 'country', Value: `C${turn}` }] };
    await ask('PUT', rest(`contactdata/${Email}`), values);
    await ask('GET', rest(`listrecipient?ContactsList=${list}&Limit=20`));
    await ask('GET', rest(`contact?Limit=10&Offset=${random.below(500)}&countOnly=${turn % 2}`));
  }
}

async function importAgainAndAgain({ ask, list, isOver }) {
  const rows = Array.from({ length: importRows }, (_, n) => `person${n}@example.com,${n}\n`);
  let imports = 0;
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
  return imports;
}

const megabytes = ({ pid }) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
