// CSV import and managemanycontacts against their floors, in memory and with --data.
//   node bench/import.mjs [ROWS]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { csvOf } from './support/rows.mjs';
import { importCsv, peakMemoryOf, startServer } from './support/server.mjs';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const file = join(folder, 'contacts.csv');
const csv = csvOf(rows);
writeFileSync(file, csv);
const trial = join(folder, 'trial.csv');
writeFileSync(trial, csvOf(Math.min(rows, 200_000)));
const program = fileURLToPath(new URL('import-floor.mjs', import.meta.url));

let databases = 0;
function floor(path, source, many, run, known) {
  databases += 1;
  const database = path === 'memory' ? ':memory:' : join(folder, `floor-${databases}.sqlite`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, source, database, String(many), String(run), known ? '1' : '0'],
    { encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  return JSON.parse(stdout);
}

/** The best way is found with a smaller file, then run with the whole. */
function bestFloor(path, known) {
  const ways = [1, 10, 25, 50, 200].flatMap((many) =>
    [1, 50_000, 1_000_000].map((run) => ({ many, run })),
  );
  const tried = ways.map((way) => ({
    ...way,
    rate: 1 / floor(path, trial, way.many, way.run, known).seconds,
  }));
  const [best] = tried.sort((a, b) => b.rate - a.rate);
  const results = best.run === 1 ? [] : [floor(path, file, best.many, 1_000_000, known)];
  results.push(floor(path, file, best.many, best.run, known));
  const [fastest] = results.sort((a, b) => a.seconds - b.seconds);
  return { ...fastest, way: `${best.many} rows a statement, sorted in runs of ${best.run}` };
}

const results = [];
for (const path of ['memory', 'disk']) {
  const server = await startServer(path === 'memory' ? [] : ['--data', join(folder, 'data')]);
  const first = await importCsv(server, csv);
  const peak = peakMemoryOf(server.pid);
  const again = await importCsv(server, csv);
  await server.stop();
  for (const [name, ours, known] of [
    ['new', first, false],
    ['known', again, true],
  ]) {
    const limit = bestFloor(path, known);
    results.push({
      bench: `import ${rows} ${name} rows, ${path}`,
      ours: Math.round(rows / ours.seconds),
      floor: Math.round(rows / limit.seconds),
      ratio: limit.seconds / ours.seconds,
      unit: 'rows/s',
      aim: '>= 0.6',
      note: limit.way,
    });
    if (path === 'memory' && name === 'new') {
      results.push({
        bench: `memory after ${rows} rows`,
        ours: Math.round(peak / 1e6),
        floor: Math.round(limit.size / 1e6),
        ratio: peak / limit.size,
        unit: 'MB',
        aim: `<= 1.5 x + 100 MB (${Math.round((limit.size * 1.5) / 1e6 + 100)} MB)`,
      });
    }
  }
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify(results, null, 1));
