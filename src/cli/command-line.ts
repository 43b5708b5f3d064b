import { isUsageError } from './arguments.ts';
import { help, isCommand, runCommand } from './commands.ts';

/** Runs what the command line asks for: a command, the help, or the server. Its exit code stands in `process.exitCode`. */
export async function runCommandLine(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const [first = '', ...rest] = argv;
  try {
    if (isCommand(first)) process.exitCode = await runCommand(first, rest, environment);
    else if (first === 'help' || argv.some((each) => each === '--help' || each === '-h'))
      process.stdout.write(help());
    else if (first === '--version')
      process.exitCode = await runCommand('version', rest, environment);
    else await (await import('./serve.ts')).serve(argv, environment);
  } catch (error) {
    process.stderr.write(`mockjet: ${(error as Error).message}\n`); // ours are Errors
    process.exitCode = isUsageError(error) ? 2 : 1;
  }
}
