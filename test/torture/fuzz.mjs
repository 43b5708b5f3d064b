// The property tests of the suite, many times as many cases: requests, calls of the control API, CSV files, mails by SMTP.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = ['hostile-requests', 'hostile-control', 'hostile-csv', 'hostile-smtp'];

/** @param times how many times the cases of `npm test` */
export async function fuzz({ times, seed, log }) {
  const differences = [];
  for (const file of files) {
    const child = spawn('npx', ['vitest', 'run', `test/behaviour/${file}.test.ts`], {
      cwd: root,
      env: { ...process.env, FUZZ_SEED: String(seed), FUZZ_TIMES: String(times) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => {
        output += part;
      });
    const [code] = await once(child, 'close');
    log(`${file}: ${code === 0 ? 'no finding' : 'failed'}`);
    if (code !== 0) differences.push(`${file}: ${output.slice(-4000)}`);
  }
  return { files: files.length, times, differences };
}
