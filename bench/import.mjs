// CSV import against its floor, new rows and known ones, in memory and with --data; memory after it.
//   node bench/import.mjs [ROWS]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestFloor } from './support/floor.mjs';
import { report } from './support/report.mjs';
import { csvOf } from './support/rows.mjs';
import { importCsv, peakMemoryOf, startServer } from './support/server.mjs';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const file = join(folder, 'contacts.csv');
const trial = join(folder, 'trial.csv');
const csv = csvOf(rows);
writeFileSync(file, csv);
writeFileSync(trial, csvOf(Math.min(rows, 200_000)));

for (const place of ['memory', 'disk']) {
  const flags = place === 'memory' ? [] : ['--data', join(folder, 'data')];
  const server = await startServer([...flags, '--body-limit', '2000000000']);
  const first = await importCsv(server, csv);
  const peak = peakMemoryOf(server.pid);
  const rest = server.memory();
  const again = await importCsv(server, csv);
  await server.stop();
  for (const [name, ours, known] of [
    ['new', first, false],
    ['known', again, true],
  ]) {
    const limit = bestFloor({ folder, file, trial, place, known });
    report({
      bench: `import of ${rows} ${name} rows, ${place}`,
      ours: rows / ours.seconds,
      limit: rows / limit.seconds,
      unit: 'rows/s',
      aim: { atLeast: 0.6 },
      note: `floor: ${limit.way}`,
    });
    if (place === 'disk' || known) continue;
    // an account's database holds the uploaded file too
    const size = (limit.size + csv.length) / 1e6;
    const most = size * 1.5 + 100;
    report({
      bench: `memory after the import of ${rows} rows`,
      ours: rest / 1e6,
      limit: size,
      unit: 'MB',
      aim: { text: `at most 1.5 times + 100 MB: ${Math.round(most)}`, met: rest / 1e6 <= most },
      note: `peak ${Math.round(peak / 1e6)} MB`,
    });
  }
}
rmSync(folder, { recursive: true });
