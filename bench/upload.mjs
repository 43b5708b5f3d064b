// Upload of a CSV file, against a bare node:http server that writes the same chunks into the same table; and the
// memory at its peak.
//   node bench/upload.mjs [MEGABYTES] [ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBare } from './support/loading.mjs';
import { median, report } from './support/report.mjs';
import { csvOf } from './support/rows.mjs';
import { peakMemoryOf, request, startServer } from './support/server.mjs';

const size = Number(process.argv[2] ?? 50) * 1e6;
const rounds = Number(process.argv[3] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const csv = csvOf(Math.ceil(size / 45)).subarray(0, size);
const limit = ['--body-limit', String(2 * size)];

for (const place of ['memory', 'disk']) {
  const rates = { ours: [], limit: [] };
  const peaks = [];
  for (let round = 0; round < rounds; round += 1) {
    const flags = place === 'memory' ? [] : ['--data', join(folder, `data-${round}`)];
    const server = await startServer([...flags, ...limit]);
    const list = (await server.call('GET', '/v3/REST/contactslist')).json().Data[0].ID;
    const idle = server.memory();
    const path = `/v3/DATA/contactslist/${list}/CSVData/text:plain`;
    rates.ours.push(await upload(server.port, path, server.headers));
    peaks.push(peakMemoryOf(server.pid) - idle);
    await server.stop();
    const database = place === 'memory' ? ':memory:' : join(folder, `bare-${round}.sqlite`);
    const bare = await startBare('upload', { database });
    rates.limit.push(await upload(bare.port, '/', {}));
    await bare.stop();
  }
  report({
    bench: `upload of ${size / 1e6} MB, ${place}`,
    ours: median(rates.ours),
    limit: median(rates.limit),
    unit: 'MB/s',
    aim: { atLeast: 0.8 },
  });
  report({
    bench: `memory of the upload above idle, ${place}`,
    ours: median(peaks) / 1e6,
    limit: size / 1e6,
    unit: 'MB',
    aim: { atMost: 2 },
  });
}
rmSync(folder, { recursive: true });

async function upload(port, path, headers) {
  const type = { 'content-type': 'text/plain', 'content-length': csv.length };
  const start = performance.now();
  const answer = await request(
    { port, method: 'POST', path, headers: { ...headers, ...type } },
    csv,
  );
  if (answer.status !== 200) throw new Error(`the upload was answered ${answer.status}`);
  return csv.length / 1000 / (performance.now() - start);
}
