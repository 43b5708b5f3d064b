#!/usr/bin/env node
import { endOnSignals } from './cli/ending.ts';

// first of all: reading the rest takes a while, and a container may be stopped meanwhile
endOnSignals();
const { runCommandLine } = await import('./cli/command-line.ts');
await runCommandLine(process.argv.slice(2), process.env);
