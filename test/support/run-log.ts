import { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { FastifyBaseLogger } from 'fastify';
import { pino, symbols } from 'pino';

// Everything that servers log in this run, and every secret that tests use: search-logs.ts looks for the one in the other.
const folder = process.env.MOCKJET_RUN_LOG;
const known = new Set<string>();

function append(file: 'log' | 'secrets', text: string): void {
  if (folder !== undefined)
    appendFileSync(join(folder, `${process.pid}-${threadId}.${file}`), text);
}

/** Takes note of credentials that a test uses, `key:secret`. */
export function noteCredentials(user: string): void {
  if (known.has(user)) return;
  known.add(user);
  append('secrets', `${JSON.stringify(user)}\n`);
}

/** A logger whose lines are searched for secrets: the given one, or one that writes nowhere else. */
export function searchedLogger(given: FastifyBaseLogger | undefined): FastifyBaseLogger {
  if (given === undefined)
    return pino({ level: 'trace' }, { write: (line) => append('log', line) });
  const stream: { write(line: string): void } = Reflect.get(given, symbols.streamSym); // pino's own
  const write = stream.write.bind(stream);
  stream.write = (line) => {
    append('log', line);
    write(line);
  };
  return given;
}

/** Reads along what servers print that tests start as processes; `mockjet env` and its like show keys on purpose. */
export function searchServers(): void {
  const { spawn } = ChildProcess.prototype as unknown as Spawner; // undocumented, and what all of its module calls
  if (spawn.name === 'searchedSpawn') return; // a worker comes here once for each of its files
  Reflect.set(
    ChildProcess.prototype,
    'spawn',
    function searchedSpawn(this: ChildProcess, options: SpawnOptions) {
      if (!options.args.some((arg) => arg.endsWith('main.js')) || !options.args.includes('--port'))
        return spawn.call(this, options);
      const isShown = Array.isArray(options.stdio) && options.stdio[2] === 'inherit';
      if (isShown && Array.isArray(options.stdio)) options.stdio[2] = 'pipe';
      const result = spawn.call(this, options);
      if (isShown) this.stderr?.pipe(process.stderr, { end: false });
      for (const stream of [this.stdout, this.stderr]) {
        const push = stream?.push.bind(stream);
        if (stream === null || push === undefined) continue;
        // a listener would set it flowing before the test listens
        stream.push = (chunk, encoding) => {
          if (chunk !== null) append('log', String(chunk));
          return push(chunk, encoding);
        };
      }
      return result;
    },
  );
}

interface SpawnOptions {
  args: string[];
  stdio?: string | unknown[];
}

interface Spawner {
  spawn(this: ChildProcess, options: SpawnOptions): unknown;
}
