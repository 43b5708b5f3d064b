// Finds the floor of an import: the fastest of the ways in which import-floor.mjs can write the same rows.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../import-floor.mjs', import.meta.url));

/**
 * The best way is found with `trial`, a smaller file, then run with the whole.
 * @param place `memory` or `disk`
 */
export function bestFloor({ folder, file, trial, place, known = false }) {
  const best = fastestWay({ folder, trial, place, known });
  const results = [best.run(file)];
  if (best.runLength !== 1) results.push(best.run(file, 1_000_000));
  const [fastest] = results.sort((a, b) => a.seconds - b.seconds);
  return { ...fastest, way: best.way };
}

/** Finds the best way with `trial`; its `run` goes through a file, for benchmarks that take turns with it. */
export function fastestWay({ folder, trial, place, known = false }) {
  const run = (source, many, runLength) => floor({ folder, place, known }, source, many, runLength);
  const [best] = [1, 10, 25, 50, 200]
    .flatMap((many) => [1, 50_000, 1_000_000].map((runLength) => ({ many, runLength })))
    .map((way) => ({ ...way, seconds: run(trial, way.many, way.runLength).seconds }))
    .sort((a, b) => a.seconds - b.seconds);
  return {
    runLength: best.runLength,
    way: `${best.many} rows a statement, sorted in runs of ${best.runLength}`,
    run: (file, runLength = best.runLength) => run(file, best.many, runLength),
  };
}

function floor({ folder, place, known }, source, many, runLength) {
  const database = place === 'memory' ? ':memory:' : join(folder, 'floor.sqlite');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, source, database, String(many), String(runLength), known ? '1' : '0'],
    { encoding: 'utf8' },
  );
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
