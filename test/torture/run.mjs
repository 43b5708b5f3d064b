// Kills the built server again and again, and looks whether anything was lost.
//   npm run torture -- [--seed N] [--rows N] [--import-kills N] [--write-kills N]
// A number of 0 kills leaves that part out. The same seed makes the same file, and the same waits before each kill.
import { parseArgs } from 'node:util';
import { killImports } from './kill-import.mjs';
import { killWrites } from './kill-writes.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 1e9)) },
    rows: { type: 'string', default: '200000' },
    'import-kills': { type: 'string', default: '50' },
    'write-kills': { type: 'string', default: '1000' },
  },
});
const seed = Number(values.seed);
const log = (line) => console.log(line);
const parts = [
  [
    'import',
    values['import-kills'],
    (kills) => killImports({ rows: Number(values.rows), kills, seed, log }),
  ],
  ['writes', values['write-kills'], (kills) => killWrites({ kills, seed, log })],
];

log(`seed ${seed}`);
for (const [name, count, run] of parts) {
  const kills = Number(count);
  if (kills === 0) continue;
  log(`${name}: ${kills} kills`);
  const result = await run(kills);
  log(JSON.stringify(result));
  if (result.differences.length > 0) process.exitCode = 1;
}
