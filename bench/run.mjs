// Runs benchmarks one after the other, prints a table and writes bench/results.json.
//   npm run bench -- [NAME ...] [--quick]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The arguments of each benchmark for a quick look; full size is its default. */
const quick = {
  start: ['5'],
  reads: ['2', '3'],
  writes: ['1', '3'],
  send: ['1', '3', '30000'],
  upload: ['10', '3'],
  batch: ['10000'],
  import: ['50000'],
  'reads-during-import': ['50000', '1', '5'],
  load: ['readers'],
  growth: ['1000,10000,50000', '50'],
  render: ['200', '3'],
  smtp: ['1', '3'],
};

const given = process.argv.slice(2);
const names = given.filter((each) => !each.startsWith('--'));
const unknown = names.filter((name) => !(name in quick));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}: ${Object.keys(quick).join(', ')}`);
  process.exit(2);
}

const rows = [];
const failed = [];
const machine = {
  node: process.version,
  cpu: `${cpus().length} x ${cpus()[0]?.model}`,
  memory: `${Math.round(totalmem() / 1e9)} GB`,
  isQuick: given.includes('--quick'),
};
for (const name of names.length > 0 ? names : Object.keys(quick)) {
  console.log(`\n${name} (load average ${loadavg()[0]?.toFixed(1)})`);
  const program = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [program, ...(machine.isQuick ? quick[name] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const row = { name, load: loadavg()[0], ...JSON.parse(line) };
    rows.push(row);
    console.log(tableRow(row));
    writeFileSync(
      new URL('results.json', import.meta.url),
      JSON.stringify({ machine, rows }, null, 1),
    );
  }
  const [code] = await ended;
  if (code !== 0) failed.push(name);
}
const missed = rows.filter(({ met }) => !met);
console.log(`\n${rows.length - missed.length} of ${rows.length} aims met`);
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function tableRow({ bench, ours, limit, ratio, unit, aim, met, note = '' }) {
  const cells = [bench, `${ours} ${unit}`, limit, ratio, aim, met ? 'met' : 'MISSED', note];
  return `| ${cells.join(' | ')} |`;
}
