#!/usr/bin/env node
import { help, isCommand, runCommand } from './cli/commands.ts';
import { serve } from './cli/serve.ts';

const [first = '', ...rest] = process.argv.slice(2);

try {
  if (first === 'help' || [first, ...rest].some((each) => each === '--help' || each === '-h'))
    process.stdout.write(help());
  else if (isCommand(first)) process.exitCode = await runCommand(first, rest, process.env);
  else await serve(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`mockjet: ${(error as Error).message}\n`); // ours are Errors
  process.exitCode = 1;
}
