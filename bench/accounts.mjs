// Ten thousand accounts made on the fly, 500 of them open: memory and time for each.
//   npm run build && node bench/accounts.mjs [COUNT [FLAGS]]   Limit: 700 MB of resident memory in all.
import { startServer } from './support/server.mjs';

const count = Number(process.argv[2] ?? 10_000);
const limit = 700e6;
const atOnce = 20;

const server = await startServer(process.argv.slice(3));
const empty = server.memory();
const call = async (i) => {
  const authorization = `Basic ${Buffer.from(`bench${i}:secret`).toString('base64')}`;
  const answer = await fetch(`http://127.0.0.1:${server.port}/v3/REST/contact`, {
    headers: { authorization },
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  await answer.text();
};
const pass = async () => {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (performance.now() - start) / count;
};

const made = await pass();
const full = server.memory();
const again = await pass();
const after = server.memory();
await server.stop();
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
console.log(`made:        ${made.toFixed(2)} ms each, ${megabytes(empty)} -> ${megabytes(full)}`);
console.log(`used again:  ${again.toFixed(2)} ms each, ${megabytes(after)}`);
console.log(`${megabytes(Math.max(full, after))} of ${megabytes(limit)}`);
process.exitCode = Math.max(full, after) > limit ? 1 : 0;
