// POST contact and managecontact on 50 connections, against one better-sqlite3 transaction behind a bare node:http.
//   node bench/writes.mjs [SECONDS_A_ROUND] [ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, requestText, startBare } from './support/loading.mjs';
import { reportLoads } from './support/report.mjs';
import { fetchAnswer } from './support/same-answer.mjs';
import { startServer } from './support/server.mjs';

const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));

for (const place of ['memory', 'disk']) {
  const server = await startServer(place === 'memory' ? [] : ['--data', join(folder, 'data')]);
  const { authorization } = server.headers;
  const list = (await server.call('GET', '/v3/REST/contactslist')).json().Data[0].ID;
  for (const [name, path, more] of [
    ['POST contact', '/v3/REST/contact', {}],
    ['managecontact', `/v3/REST/contactslist/${list}/managecontact`, { Action: 'addnoforce' }],
  ]) {
    const body = (who) => JSON.stringify({ Email: `${who}@example.com`, Name: 'Ada', ...more });
    const kind = name === 'POST contact' ? 'c' : 'm';
    const same = await fetchAnswer(server.port, 'POST', path, authorization, body(`${kind}0`));
    const bare = await startBare('write', {
      ...same,
      database: place === 'memory' ? ':memory:' : join(folder, `${kind}.sqlite`),
      isMember: kind === 'm',
    });
    const figures = { ours: [], limit: [] };
    // the first round warms up
    for (let round = 0; round <= rounds; round += 1) {
      const requests = [requestText('POST', path, authorization, body(`${kind}${round}-{n}`))];
      for (const [side, { port, pid }] of [
        ['ours', server],
        ['limit', bare],
      ]) {
        const result = await load({ port, connections: 50, requests, ms: seconds * 1000 }, pid);
        if (round > 0) figures[side].push(result);
      }
    }
    reportLoads(`${name}, ${place}`, figures);
    await bare.stop();
  }
  await server.stop();
}
rmSync(folder, { recursive: true });
