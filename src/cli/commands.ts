import { settings } from '../config.ts';
import { ca, env } from './env-command.ts';
import { wait } from './wait.ts';

type Command = (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
) => number | Promise<number>;

const commands: Record<string, Command> = { wait, env, ca };

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
  mockjet env CLIENT            print what makes a client talk to it, e.g. eval "$(mockjet env node)"
  mockjet ca                    print the certificate that clients must trust, e.g. mockjet ca > ca.pem

Options, each with its environment variable and default:
${rows.join('\n')}
`;
}
