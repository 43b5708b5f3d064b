// Reset and restore of an account with 100,000 contacts, beside a bare copy of the same database file.
//   npm run build && node bench/snapshots.mjs [CONTACTS]
// Limits: 4 times the copy for a restore and twice for a reset, in memory and in a data directory.
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './support/rows.mjs';
import { startServer } from './support/server.mjs';

const contacts = Number(process.argv[2] ?? 100_000);
const rounds = 7;
const limits = { restore: 4, reset: 2 };
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));
const document = {
  properties: [{ name: 'age', datatype: 'int' }],
  contacts: Array.from({ length: contacts }, (_, i) => ({
    email: `reader${i}@example.com`,
    name: `Reader ${i}`,
    properties: { age: i % 90, country: 'Ireland' },
    lists: ['MyFirstTest'],
  })),
};

let isOver = false;
for (const [where, flags] of [
  ['in memory', []],
  ['in a data directory', ['--data', join(folder, 'data')]],
]) {
  const server = await startServer(flags);
  const control = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/_mockjet${path}`, {
      method,
      headers: server.headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer;
  };
  await control('POST', '/seed', document);
  const { size } = await (await control('POST', '/snapshots', { name: 'full' })).json();
  const file = join(folder, 'bare.sqlite');
  writeFileSync(file, Buffer.from(await (await control('GET', '/snapshots/full')).arrayBuffer()));
  const times = { copy: [], restore: [], reset: [] };
  const time = async (name, work) => {
    const start = performance.now();
    await work();
    times[name].push(performance.now() - start);
  };
  for (let round = 0; round < rounds; round += 1) {
    await time('copy', () => bareCopy(file, where));
    await time('restore', () => control('POST', '/snapshots/full/restore'));
    await time('reset', () => control('POST', '/reset'));
  }
  await server.stop();
  const copy = median(times.copy);
  console.log(
    `${where}: ${contacts} contacts, ${(size / 1e6).toFixed(1)} MB; bare copy ${copy.toFixed(1)} ms`,
  );
  for (const name of ['restore', 'reset']) {
    const ms = median(times[name]);
    const ratio = ms / copy;
    if (ratio > limits[name]) isOver = true;
    console.log(
      `  ${name} ${ms.toFixed(1)} ms, ${ratio.toFixed(2)} times the copy (limit ${limits[name]})`,
    );
  }
}
rmSync(folder, { recursive: true });
process.exitCode = isOver ? 1 : 0;

/** In memory the bytes are read, for a data directory they are copied and kept safe as the server does. */
function bareCopy(file, where) {
  if (where === 'in memory') return readFileSync(file);
  const copy = `${file}.copy`;
  copyFileSync(file, copy);
  const descriptor = openSync(copy, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
  return undefined;
}
