// Kills, loads and deceives the built server, and looks whether anything was lost.
//   npm run torture -- [PART ...] [--size full|small] [--seed N] [--rows N] [--import-kills N] [--write-kills N] [--minutes N] [--fuzz-times N]
// Parts: import, writes, load, fuzz; all of them without. Each ends with a line of JSON that begins with its name; a part whose
// `differences` are not empty has failed. The same seed makes the same file, the same waits and the same cases.
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.mjs';
import { killImports } from './kill-import.mjs';
import { killWrites } from './kill-writes.mjs';
import { load } from './load.mjs';

const sizes = {
  full: { rows: 200_000, 'import-kills': 50, 'write-kills': 1000, minutes: 5, 'fuzz-times': 20 },
  small: { rows: 4000, 'import-kills': 3, 'write-kills': 4, minutes: 0.1, 'fuzz-times': 1 },
};

const number = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: 'full' },
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1e9)) },
    ...Object.fromEntries(Object.keys(sizes.full).map((name) => [name, number])),
  },
});
const seed = Number(values.seed);
const size = sizes[values.size];
const log = (line) => console.log(line);
const of = (name) => Number(values[name] ?? size[name]);

const parts = {
  import: () => killImports({ rows: of('rows'), kills: of('import-kills'), seed, log }),
  writes: () => killWrites({ kills: of('write-kills'), seed, log }),
  load: () => load({ minutes: of('minutes'), seed }),
  fuzz: () => fuzz({ times: of('fuzz-times'), seed, log }),
};
const unknown = positionals.filter((name) => !(name in parts));
if (size === undefined || unknown.length > 0) {
  console.error(`Give parts out of ${Object.keys(parts).join(', ')}, and --size full or small`);
  process.exit(2);
}

log(`seed ${seed}`);
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const begun = performance.now();
  const { differences, ...done } = await parts[name]();
  const seconds = Math.round((performance.now() - begun) / 1000);
  log(JSON.stringify({ part: name, seed, seconds, ...done, differences }));
  if (differences.length > 0) process.exitCode = 1;
}
