// POST /v3.1/send on 50 connections, one recipient and 4 KB of HTML, alone and in batches of 50, against one better-sqlite3
// transaction a call behind a bare node:http; then memory over many sends, searches in 10,000 mails, and waits.
//   node bench/send.mjs [SECONDS_A_ROUND] [ROUNDS] [SENDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, requestText, startBare, startLoad } from './support/loading.mjs';
import { median, report, reportLoads } from './support/report.mjs';
import { fetchAnswer } from './support/same-answer.mjs';
import { startServer } from './support/server.mjs';

const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 5);
const sends = Number(process.argv[4] ?? 1_000_000);
const path = '/v3.1/send';
const html = `<p>${'A page of a catalogue with prices. '.repeat(117)}</p>`; // 4 KB
const readers = 1000;

/** A mail to one of the readers, all of whom are contacts soon. */
const mail = (n) => ({
  From: { Email: 'owner@example.com', Name: 'Shop' },
  To: [{ Email: `reader${n % readers}@example.com` }],
  Subject: `Order {n}-${n}`,
  TextPart: 'Thank you for your order.',
  HTMLPart: html,
  CustomID: `order-{n}-${n}`,
});
const bodyOf = (first, count) =>
  JSON.stringify({ Messages: Array.from({ length: count }, (_, n) => mail(first + n)) });
const requestsOf = (authorization, count, variants) =>
  Array.from({ length: variants }, (_, n) =>
    requestText('POST', path, authorization, bodyOf(n * count, count)),
  );

const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
for (const place of ['memory', 'disk']) await throughput(place);
await memory();
await searches();
rmSync(folder, { recursive: true });

async function throughput(place) {
  for (const [name, count, atLeast] of [
    ['one mail a call', 1, 0.5],
    ['50 mails a call', 50, 0.6],
  ]) {
    const data = place === 'memory' ? [] : ['--data', join(folder, `data-${count}`)];
    const ours = await startServer(data);
    const { authorization } = ours.headers;
    const bare = await startBare('send', {
      ...(await fetchAnswer(ours.port, 'POST', path, authorization, bodyOf(0, count))),
      database: place === 'memory' ? ':memory:' : join(folder, `${count}.sqlite`),
    });
    const requests = requestsOf(authorization, count, count === 1 ? 100 : 20);
    const figures = { ours: [], limit: [] };
    // the first round warms up, and fills what the bounds let an account keep
    for (let round = 0; round <= rounds; round += 1)
      for (const [side, { port, pid }] of [
        ['ours', ours],
        ['limit', bare],
      ]) {
        const result = await load({ port, connections: 50, requests, ms: seconds * 1000 }, pid);
        if (round > 0) figures[side].push(result);
      }
    reportLoads(`${name}, ${place}`, figures, { atLeast, unit: 'mails/s', each: count });
    await bare.stop();
    await ours.stop();
  }
}

/** Resident memory once the bounds are reached, and after all sends. */
async function memory() {
  // a quick look meets smaller ones
  const [mails, messages] = [Math.min(10_000, sends / 8), Math.min(100_000, sends / 4)];
  const server = await startServer(['--mails', `${mails}`, '--messages', `${messages}`]);
  const requests = requestsOf(server.headers.authorization, 10, 100);
  const loading = startLoad({ port: server.port, connections: 10, requests });
  const marks = [];
  // the journal is full by then too
  const bound = Math.max(messages * 1.1, 15_000);
  for (let sent = 0; sent < sends; ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await account(server);
    sent = now.messages + now.droppedMessages;
    if (sent >= bound) marks.push(server.memory());
  }
  loading.stop();
  await loading.figures;
  const growth = (Math.max(...marks) - marks[0]) / 1e6;
  report({
    bench: `memory over ${sends} sends`,
    ours: marks.at(-1) / 1e6,
    limit: marks[0] / 1e6,
    unit: 'MB',
    aim: { text: 'at most 60 MB above what it is at the bounds', met: growth <= 60 },
    note: `at most ${growth.toFixed(0)} MB above`,
  });
  await server.stop();
}

async function account(server) {
  return (await server.call('GET', '/_mockjet/account')).json();
}

/** Searches among as many mails as an account keeps, and how soon a wait ends after its mail. */
async function searches() {
  const server = await startServer();
  for (let first = 0; first < 10_000; first += 50) {
    const body = bodyOf(first, 50).replaceAll('{n}', '1');
    await server.call('POST', path, body);
  }
  for (const [what, query, most] of [
    ['address', (n) => `to=reader${n}@example.com&limit=10`, 20],
    ['subject', (n) => `subject=Order+1-${n}99&limit=10`, 20],
    ['CustomID', (n) => `customId=order-1-${n}`, 20],
    ['text', (n) => `text=nowhere-${n}`, undefined],
  ]) {
    const times = [];
    for (let n = 0; n < 30; n += 1) {
      const start = performance.now();
      const { status, text } = await server.call('GET', `/_mockjet/mails?${query(n + 1)}`);
      times.push(performance.now() - start);
      if (status !== 200) throw new Error(text);
    }
    report({
      bench: `search in 10,000 mails by ${what}`,
      ours: median(times),
      unit: 'ms',
      aim:
        most === undefined
          ? { text: 'in slices', met: true }
          : { text: `at most ${most} ms`, met: median(times) <= most },
      note: `longest ${Math.max(...times).toFixed(0)} ms`,
    });
  }
  const times = [];
  for (let n = 0; n < 30; n += 1) {
    const wait = server
      .call('GET', `/_mockjet/mails?customId=order-w-${n}&wait=10s`)
      .then(({ status, text }) => {
        if (status !== 200) throw new Error(text);
        return performance.now();
      });
    // the wait is there before the mail: both go over connections of their own
    await new Promise((resolve) => setTimeout(resolve, 20));
    await server.call('POST', path, bodyOf(n, 1).replaceAll('{n}', 'w'));
    const sent = performance.now();
    times.push(Math.max(0, (await wait) - sent));
  }
  report({
    bench: 'a wait after the answer to its mail',
    ours: median(times),
    unit: 'ms',
    aim: { text: 'at most 5 ms', met: median(times) <= 5 },
    note: `longest ${Math.max(...times).toFixed(1)} ms`,
  });
  await server.stop();
}
