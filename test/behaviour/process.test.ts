import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

/** Starts the built server and waits until it is ready. */
async function serve(...flags: string[]) {
  const child = spawn(process.execPath, [program, '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // the ready line
    if (msg !== 'ready') continue;
    child.stdout.resume();
    return { child, ...client(url) };
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

async function stop(child: ChildProcess, signal: NodeJS.Signals) {
  const begun = performance.now();
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return { code, ms: performance.now() - begun };
}

const size = 20_000;
const csv = `email,age,town\n${Array.from({ length: size }, (_, n) =>
  n % 100 === 1
    ? `PERSON${(n * 7) % 10_000}@example.com,1,Bath\n`
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

/** Reads the import until it has come so far; gives its row. */
async function untilCurrent(server: Server, job: number, current: number) {
  for (;;) {
    const [row] = await server.get(`csvimport/${job}`);
    if (row.Current >= current && (current < size || row.Status !== 'Importing')) return row;
  }
}

it('SIGTERM stops an idle server with 0 at once', async () => {
  const { child, get } = await serve();
  await get('contact');
  const { code, ms } = await stop(child, 'SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
});

it('SIGTERM stops a server with 0 at once in the middle of an import', async () => {
  const server = await serve('--data', join(folder, 'terminated'));
  const job = await startImport(server);
  const { Status } = await untilCurrent(server, job, 1000);
  expect(Status).toBe('Importing');
  const { code, ms } = await stop(server.child, 'SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
});

it('SIGTERM stops a server with 0 while a POST waits for its import to end', async () => {
  const server = await serve('--pace', 'instant');
  const waiting = startImport(server).catch(() => undefined); // it gets its answer or not
  await new Promise((resolve) => setTimeout(resolve, 400));
  const { code, ms } = await stop(server.child, 'SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
  await waiting;
});

/** What an import leaves behind, but for IDs and times. */
async function outcome(server: Server, job: number) {
  const { Status, Count, Current, Errcount } = await untilCurrent(server, job, size);
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
  await stop(quiet.child, 'SIGTERM');
  expect(expected.counts.slice(0, 3)).toEqual(['Completed', size, size]);

  const flags = ['--data', join(folder, 'killed')];
  let server = await serve(...flags);
  const job = await startImport(server);
  for (const current of [1, 5000, 11_000]) {
    const row = await untilCurrent(server, job, current);
    expect(row.Status).toBe('Importing');
    await stop(server.child, 'SIGKILL');
    server = await serve(...flags);
  }
  expect(await outcome(server, job)).toEqual(expected);
  await stop(server.child, 'SIGTERM');
});
