import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtMain } from '../support/built.ts';

const program = join(import.meta.dirname, '../torture/run.mjs');

/** What one part of the torture found, from its last line. */
interface Report {
  answered?: number;
  rounds?: { kills: number }[];
  differences: string[];
}

function torture(...flags: string[]): Promise<{ code: number | null; report: Report }> {
  const seed = String(1 + Math.floor(Math.random() * 1e9));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, '--seed', seed, ...flags], {
      env: { PATH: process.env.PATH, MOCKJET_MAIN: builtMain() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.once('error', reject).once('close', (code) => {
      const last = output.trim().split('\n').at(-1) ?? '';
      if (!last.startsWith('{')) return reject(new Error(output));
      resolve({ code, report: JSON.parse(last) });
    });
  });
}

// the long ones, with many kills: npm run torture
it('an import that kill -9 stops at random moments leaves what an undisturbed one leaves', {
  timeout: 60_000,
}, async () => {
  const { code, report } = await torture('import', '--size', 'small');
  expect(report.differences).toEqual([]);
  expect(report.rounds?.reduce((sum, { kills }) => sum + kills, 0)).toBe(3);
  expect(code).toBe(0);
});

it('a write that was answered before a kill -9 is there after it', {
  timeout: 60_000,
}, async () => {
  const { code, report } = await torture('writes', '--size', 'small');
  expect(report.differences).toEqual([]);
  expect(report.answered).toBeGreaterThan(0);
  expect(code).toBe(0);
});
