import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../dist/main.js');

/** What a command left behind. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `mockjet` as it is built, with nothing of Mockjet or Mailjet in its environment but what is given. */
export function mockjet(
  argv: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  return finished(process.execPath, [program, ...argv], environment);
}

/** As `mockjet`, on a terminal of its own: stdout and stderr come together. */
export function mockjetOnTerminal(argv: readonly string[]): Promise<Outcome> {
  const line = [process.execPath, program, ...argv].map((part) => `'${part}'`).join(' ');
  return finished('script', ['-qec', line, '/dev/null'], {});
}

function finished(
  command: string,
  argv: readonly string[],
  environment: Record<string, string>,
): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MJ|MOCKJET)_/.test(name));
  const child = spawn(command, argv, {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    outcome.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...outcome }));
  });
}
