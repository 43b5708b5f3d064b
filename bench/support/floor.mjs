// Finds the floor of an import: the fastest of the ways in which import-floor.mjs can write the same rows.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../import-floor.mjs', import.meta.url));

/**
 * The three best ways are found with `trial`, a smaller file, then run with the whole, the best also sorted in longer
 * runs: what is best for some rows need not be for many.
 * @param place `memory` or `disk`
 */
export function bestFloor({ folder, file, trial, place, known = false }) {
  const run = runner({ folder, place, known });
  const [best, ...others] = waysByTime(run, trial).slice(0, 3);
  const longer = [50_000, 1_000_000].map((runLength) => ({ ...best, runLength }));
  const [fastest] = [best, ...others, ...longer]
    .map((way) => ({ ...run(file, way), way: nameOf(way) }))
    .sort((a, b) => a.seconds - b.seconds);
  return fastest;
}

/** Finds the best way with `trial`; its `run` goes through a file, for benchmarks that take turns with it. */
export function fastestWay({ folder, trial, place, known = false }) {
  const run = runner({ folder, place, known });
  const [best] = waysByTime(run, trial);
  return { way: nameOf(best), run: (file) => run(file, best) };
}

const nameOf = ({ many, runLength }) => `${many} rows a statement, sorted in runs of ${runLength}`;
const runner =
  (setting) =>
  (source, { many, runLength }) =>
    floor(setting, source, many, runLength);

function waysByTime(run, trial) {
  return [1, 10, 25, 50, 200]
    .flatMap((many) => [1, 50_000, 1_000_000].map((runLength) => ({ many, runLength })))
    .map((way) => ({ way, seconds: run(trial, way).seconds }))
    .sort((a, b) => a.seconds - b.seconds)
    .map(({ way }) => way);
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
