// GET contact by address and by ID on 50 connections, against a bare node:http server that answers the same bytes.
//   node bench/reads.mjs [SECONDS_A_ROUND] [ROUNDS]
import { load, requestText, startBare } from './support/loading.mjs';
import { reportLoads } from './support/report.mjs';
import { csvOf } from './support/rows.mjs';
import { fetchAnswer } from './support/same-answer.mjs';
import { importCsv, startServer } from './support/server.mjs';

const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 5);
const connections = 50;

const server = await startServer();
await importCsv(server, csvOf(10_000));
const { authorization } = server.headers;
const contacts = (await server.call('GET', '/v3/REST/contact?Limit=500')).json().Data;
for (const [name, key] of [
  ['address', ({ Email }) => Email],
  ['ID', ({ ID }) => ID],
]) {
  const paths = contacts.map((contact) => `/v3/REST/contact/${key(contact)}`);
  const same = await fetchAnswer(server.port, 'GET', paths[0], authorization);
  const bare = await startBare('answer', same);
  const requests = paths.map((path) => requestText('GET', path, authorization));
  const wanted = { connections, requests };
  const figures = { ours: [], limit: [] };
  for (const { port } of [server, bare]) await load({ ...wanted, port, ms: 2000 });
  for (let round = 0; round < rounds; round += 1) {
    figures.ours.push(await load({ ...wanted, port: server.port, ms: seconds * 1000 }, server.pid));
    figures.limit.push(await load({ ...wanted, port: bare.port, ms: seconds * 1000 }, bare.pid));
  }
  reportLoads(`GET contact by ${name}, ${connections} connections`, figures);
  await bare.stop();
}
await server.stop();
