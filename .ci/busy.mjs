// Runs a command while every core is kept busy by another thread: node .ci/busy.mjs COMMAND [ARGUMENT...]
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const [command = 'true', ...rest] = process.argv.slice(2);
for (let n = 0; n < availableParallelism(); n += 1) new Worker('for (;;);', { eval: true });
spawn(command, rest, { stdio: 'inherit' }).on('close', (code) => process.exit(code ?? 1));
