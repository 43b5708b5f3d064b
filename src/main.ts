#!/usr/bin/env node
import module from 'node:module';
import { endOnSignals } from './cli/ending.ts';
import { nodeComplaint } from './lib/node-version.ts';

const complaint = nodeComplaint();
if (complaint === undefined) {
  // first of all: reading the rest takes a while, and a container may be stopped meanwhile
  endOnSignals();
  // where Node keeps such things (NODE_COMPILE_CACHE says otherwise); written when the process ends
  module.enableCompileCache();
  const { runCommandLine } = await import('./cli/command-line.ts');
  await runCommandLine(process.argv.slice(2), process.env);
} else {
  process.stderr.write(`mockjet: ${complaint}\n`);
  process.exitCode = 1;
}
