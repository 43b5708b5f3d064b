import { closestName } from '../lib/closest-name.ts';
import { didYouMean } from '../lib/read-options.ts';
import { UsageError } from '../lib/usage-error.ts';
import { readArguments } from './arguments.ts';
import { commands } from './command-table.ts';
import { allCommands, help, helpOf } from './help.ts';
import { serverCommands } from './server-commands.ts';

/** Other names of the commands, and of what options say. */
const aliases: Readonly<Record<string, string>> = {
  '--version': 'version',
  '-v': 'version',
  '-V': 'version',
  ...Object.fromEntries(
    Object.entries(serverCommands).flatMap(([name, { aliases: others = [] }]) =>
      others.map((other) => [other, name]),
    ),
  ),
};

/** True for what may stand behind `mockjet`. */
export function isCommand(name: string): boolean {
  return name === 'help' || Object.hasOwn(allCommands, nameOf(name));
}

const nameOf = (word: string) => (Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word);

/**
 * Runs what the command line asks for: a command, the help, or the server, and tells on stderr what went wrong. Its
 * exit code stands in `process.exitCode`: 0 done, 1 failed, 2 wrong usage.
 */
export async function runCommandLine(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const [first = '', ...rest] = argv;
  const name = nameOf(first);
  const isNamed = isCommand(name);
  try {
    if (isNamed) process.exitCode = await run(name, rest, environment);
    else if (isHelp(argv)) process.stdout.write(help());
    else if (first !== '' && !first.startsWith('-')) throw new UsageError(unknown(first));
    else process.exitCode = await serve(argv, environment);
  } catch (error) {
    const { message } = error as Error; // ours, node's and fetch's are Errors
    const isJson = ownArguments(rest).includes('--json') && Object.hasOwn(commands, name);
    const place = isNamed && name !== 'help' ? `mockjet ${name}` : 'mockjet';
    process.stderr.write(
      isJson ? `${JSON.stringify({ error: message })}\n` : `${place}: ${message}\n`,
    );
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

/** What stands behind `--` belongs to the command that is run. */
function ownArguments(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

const isHelp = (argv: readonly string[]) =>
  ownArguments(argv).some((each) => each === '--help' || each === '-h');

async function run(
  name: string,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const server = serverCommands[name];
  const command = commands[name];
  if (name === 'help') return tellHelp(argv);
  if (isHelp(argv)) return tellHelp([name]);
  if (server !== undefined) return server.run(argv, environment);
  if (command === undefined) throw new UsageError(unknown(name));
  return command.run(readArguments(command, argv), environment);
}

function tellHelp([word, ...more]: readonly string[]): number {
  if (more.length > 0) throw new UsageError(`help is for one command: mockjet help ${word}`);
  const name = nameOf(word ?? '');
  const command = Object.hasOwn(allCommands, name) ? allCommands[name] : undefined;
  if (word === undefined || word === 'help' || isHelp([word])) process.stdout.write(help());
  else if (command === undefined) throw new UsageError(unknown(word));
  else process.stdout.write(helpOf(name, command));
  return 0;
}

async function serve(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  await (await import('./serve.ts')).serve(argv, environment);
  return 0;
}

function unknown(word: string): string {
  const close = closestName(word, [...Object.keys(allCommands), ...Object.keys(aliases), 'help']);
  return `unknown command "${word}"${didYouMean(close && `"mockjet ${close}"`) || '; "mockjet help" lists them'}`;
}
