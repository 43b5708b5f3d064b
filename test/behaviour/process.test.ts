import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../dist/main.js');
const started: ChildProcess[] = [];
let folder: string;
beforeAll(() => {
  if (!existsSync(program)) throw new Error('dist/main.js is missing: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'mockjet-process-'));
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const signalAt = join(import.meta.dirname, '../support/signal-at.mjs');

/**
 * Starts the built server and waits until it is ready.
 * @param at a signal that it gets once it has stored so many rows of an import, e.g. `SIGTERM 2000`
 */
async function serve(flags: string[] = [], at?: string) {
  const preload = at === undefined ? [] : ['--import', signalAt];
  const child = spawn(process.execPath, [...preload, program, '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...(at === undefined ? {} : { SIGNAL_AT: at }) },
  });
  started.push(child);
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // the ready line
    if (msg !== 'ready') continue;
    child.stdout.resume();
    return { child, ended, ...client(url) };
  }
  throw new Error('the server ended before it was ready');
}

function client(url: string) {
  const authorization = `Basic ${Buffer.from('public:private').toString('base64')}`;
  const call = async (path: string, body?: unknown, type = 'application/json') => {
    const request = body === undefined ? {} : { method: 'POST', body: asText(body) };
    const headers = { authorization, connection: 'close', 'content-type': type };
    return (await fetch(`${url}/v3/${path}`, { ...request, headers })).text();
  };
  const get = async (path: string) => JSON.parse(await call(`REST/${path}`)).Data;
  return { call, get };
}
type Server = ReturnType<typeof client>;

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

async function stop({ child, ended }: Awaited<ReturnType<typeof serve>>, signal: NodeJS.Signals) {
  child.kill(signal);
  return ended;
}

const size = 8000;
const csv = `email,age,town\n${Array.from({ length: size }, (_, n) =>
  n % 100 === 1
    ? `PERSON${(n * 7) % 4000}@example.com,1,Bath\n`
    : n % 100 === 3
      ? `person${n}\n`
      : `person${n}@example.com,${n},Bath\n`,
).join('')}`;

async function startImport(server: Server): Promise<number> {
  const [list] = await server.get('contactslist');
  const path = `DATA/contactslist/${list.ID}/CSVData/text:plain`;
  const { ID: DataID } = JSON.parse(await server.call(path, csv, 'text/plain'));
  const wish = { ContactsListID: list.ID, DataID, Method: 'addforce' };
  return JSON.parse(await server.call('REST/csvimport', wish)).Data[0].ID;
}

async function untilEnded(server: Server, job: number) {
  for (;;) {
    const [row] = await server.get(`csvimport/${job}`);
    if (['Completed', 'Error', 'Abort'].includes(row.Status)) return row;
    await pause(20);
  }
}

/** The import as its server left it. */
function leftBehind(data: string) {
  const folder = join(data, 'accounts');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.sqlite'));
  const db = new Database(join(folder, file));
  const row = db.prepare('SELECT Status, Current FROM job').get();
  db.close();
  return row as { Status: string; Current: number }; // the two columns selected
}

it('SIGTERM stops an idle server with 0', async () => {
  const server = await serve();
  await server.get('contact');
  expect(await stop(server, 'SIGTERM')).toEqual([0, null]);
});

it('SIGTERM stops a server with 0 in the middle of an import', async () => {
  const data = join(folder, 'terminated');
  const server = await serve(['--data', data], 'SIGTERM 2000');
  await startImport(server);
  expect(await server.ended).toEqual([0, null]);
  const { Status, Current } = leftBehind(data);
  expect(Status).toBe('Importing');
  expect(Current).toBeLessThan(size);
});

it('SIGTERM stops a server with 0 while a POST waits for its import to end', async () => {
  const server = await serve(['--pace', 'instant'], 'SIGTERM 2000');
  const waiting = startImport(server).catch(() => undefined); // it gets its answer or not
  expect(await server.ended).toEqual([0, null]);
  await waiting;
});

/** What an import leaves behind, but for IDs and times. */
async function outcome(server: Server, job: number) {
  const { Status, Count, Current, Errcount } = await untilEnded(server, job);
  const [list] = await server.get('contactslist');
  const pages = await Promise.all(
    Array.from({ length: size / 1000 + 1 }, (_, n) =>
      server.get(`contactdata?Limit=1000&Offset=${n * 1000}`),
    ),
  );
  const rows = pages.flat() as { Data: { Name: string; Value: string }[] }[]; // rows of contactdata
  return {
    counts: [Status, Count, Current, Errcount, list.SubscriberCount],
    properties: (await server.get('contactmetadata?Sort=ID')).map(
      (row: { Name: string }) => row.Name,
    ),
    values: rows.map(({ Data }) => Data.map(({ Value }) => Value).join()),
    errors: await server.call(`DATA/batchjob/${job}/CSVError/text:csv`),
  };
}

it('an import that kill -9 stopped, three times, ends as an undisturbed one', {
  timeout: 120_000,
}, async () => {
  const quiet = await serve();
  const expected = await outcome(quiet, await startImport(quiet));
  await stop(quiet, 'SIGTERM');
  expect(expected.counts.slice(0, 3)).toEqual(['Completed', size, size]);

  const data = join(folder, 'killed');
  const first = await serve(['--data', data], 'SIGKILL 1');
  const job = await startImport(first);
  expect(await first.ended).toEqual([null, 'SIGKILL']);
  for (const rows of [2000, 2500]) {
    const next = await serve(['--data', data], `SIGKILL ${rows}`);
    expect(await next.ended).toEqual([null, 'SIGKILL']);
    expect(leftBehind(data).Status).toBe('Importing');
  }
  const last = await serve(['--data', data]);
  expect(await outcome(last, job)).toEqual(expected);
  await stop(last, 'SIGTERM');
});
