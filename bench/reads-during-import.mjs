// 200 GET contact a second while a CSV is imported into the same account, against the same on the idle server.
//   node bench/reads-during-import.mjs [ROWS] [RUNS] [IDLE_SECONDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, requestText, startLoad } from './support/loading.mjs';
import { median, report } from './support/report.mjs';
import { csvOf } from './support/rows.mjs';
import { importCsv, runImport, startServer, uploadCsv } from './support/server.mjs';

const rows = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 5);
const idleMs = Number(process.argv[4] ?? 20) * 1000;
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const before = csvOf(1000, 'early');
const csv = csvOf(rows);

for (const place of ['memory', 'disk']) {
  const idle = [];
  const during = [];
  const rates = [];
  for (let run = 0; run < runs; run += 1) {
    const flags = place === 'memory' ? [] : ['--data', join(folder, `data-${run}`)];
    const server = await startServer([...flags, '--body-limit', '2000000000']);
    await importCsv(server, before);
    const contacts = (await server.call('GET', '/v3/REST/contact?Limit=1000')).json().Data;
    const requests = contacts.map(({ ID, Email }, i) =>
      requestText('GET', `/v3/REST/contact/${i % 2 ? ID : Email}`, server.headers.authorization),
    );
    const wanted = { port: server.port, connections: 50, requests, rate: 200 };
    await load({ ...wanted, ms: 3000 });
    idle.push(await load({ ...wanted, ms: idleMs }));
    const { list, upload } = await uploadCsv(server, csv);
    const loading = startLoad(wanted);
    const { seconds } = await runImport(server, list, upload);
    loading.stop();
    during.push(await loading.figures);
    rates.push(rows / seconds);
    await server.stop();
  }
  for (const [name, figure, most] of [
    ['p99', 'p99', 15],
    ['p99.9', 'p999', 60],
  ]) {
    const above = median(during.map((each, run) => each[figure] - idle[run][figure]));
    report({
      bench: `GET contact during the import of ${rows} rows, ${place}, ${name}`,
      ours: median(during.map((each) => each[figure])),
      limit: median(idle.map((each) => each[figure])),
      unit: 'ms',
      aim: { text: `at most ${most} ms above idle: ${above.toFixed(1)}`, met: above <= most },
      note: `${Math.round(median(rates))} rows/s meanwhile, longest ${median(during.map(({ max }) => max)).toFixed(0)} ms`,
    });
  }
}
rmSync(folder, { recursive: true });
