#!/usr/bin/env node
import { isUsageError } from './cli/arguments.ts';
import { help, isCommand, runCommand } from './cli/commands.ts';

const [first = '', ...rest] = process.argv.slice(2);

try {
  if (isCommand(first)) process.exitCode = await runCommand(first, rest, process.env);
  else if (first === 'help' || [first, ...rest].some((each) => each === '--help' || each === '-h'))
    process.stdout.write(help());
  else await (await import('./cli/serve.ts')).serve(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`mockjet: ${(error as Error).message}\n`); // ours are Errors
  process.exitCode = isUsageError(error) ? 2 : 1;
}
