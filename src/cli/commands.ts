import { settings } from '../config.ts';
import { wait } from './wait.ts';

type Command = (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
) => number | Promise<number>;

const commands: Record<string, Command> = { wait };

export function isCommand(name: string): boolean {
  return Object.hasOwn(commands, name);
}

/** Runs a command; resolves to its exit code. */
export async function runCommand(
  name: string,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  return (await commands[name]?.(argv, environment)) ?? 1;
}

/** The text of --help. */
export function help(): string {
  const rows = Object.values(settings).map(
    ({ flag, environment, description, byDefault }) =>
      `  ${flag.padEnd(14)} ${environment.padEnd(20)} ${description} (${byDefault})`,
  );
  return `mockjet: a mock of the Mailjet API

Usage:
  mockjet [options]             serve
  mockjet wait [--timeout 10s]  wait until a running mock is ready, e.g. mockjet wait --timeout 30s

Options, each with its environment variable and default:
${rows.join('\n')}
`;
}
