import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Shorter secrets stand in other words too. */
const shortest = 6;

/** Tests that talk to a process of their own use these. */
const usual = 'public:private';
let folder = '';

/** Before the run: a folder for all that servers log. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-run-'));
  process.env.MOCKJET_RUN_LOG = folder;
}

/** After it: none of it may hold a secret, or the run fails. */
export function teardown(): void {
  const noted = read('.secrets').flatMap((text) => text.trimEnd().split('\n'));
  const users = new Set([usual, ...noted.map((line) => JSON.parse(line) as string)]); // run-log.ts writes them
  const logs = read('.log');
  rmSync(folder, { recursive: true });
  const leaks = [...new Set([...users].flatMap(secretShapes))].flatMap((shape) =>
    logs.flatMap((log) => {
      const at = log.indexOf(shape);
      return at < 0 ? [] : [`${shape} in ...${log.slice(Math.max(0, at - 200), at + 100)}...`];
    }),
  );
  const lines = logs.reduce((sum, log) => sum + log.split('\n').length - 1, 0);
  process.stdout.write(`${lines} lines of logs searched for ${users.size} secrets\n`);
  if (leaks.length === 0) return;
  process.exitCode = 1;
  throw new Error(`Secrets stand in the log:\n${leaks.slice(0, 10).join('\n')}`);
}

function read(end: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** As a secret would stand in a log: as Basic credentials, behind its key, or as a value of JSON. */
function secretShapes(user: string): string[] {
  const encoded = Buffer.from(user).toString('base64').replace(/=+$/, '');
  const secret = user.slice(user.indexOf(':') + 1);
  // fuzzed calls have these for data as well, which the reason of a refusal may quote
  if (secret in Object.prototype) return [encoded, user];
  if (secret.length < shortest) return [encoded].filter((text) => text.length >= 8);
  return [encoded, user, JSON.stringify(secret), JSON.stringify(secret).replaceAll('"', '\\"')];
}
