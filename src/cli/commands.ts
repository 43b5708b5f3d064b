import { settings } from '../config.ts';
import { isUsageError } from './arguments.ts';

/** A command: read when it is run, so that none slows the others. */
interface Command {
  usage: string;
  does: string;
  example: string;
  run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number>;
}

const commands: Record<string, Command> = {
  wait: {
    usage: 'wait [--timeout 10s]',
    does: 'wait until a running mock is ready',
    example: 'mockjet wait --timeout 30s',
    run: async (argv, environment) => (await import('./wait.ts')).wait(argv, environment),
  },
  reset: {
    usage: 'reset',
    does: 'make an account new; every account when none is named',
    example: 'mockjet reset --user key:secret',
    run: async (argv, environment) => (await import('./reset.ts')).reset(argv, environment),
  },
  seed: {
    usage: 'seed FILE [--list NAME]',
    does: 'add the properties, lists and contacts of a JSON file, or the contacts of a CSV file',
    example: 'mockjet seed contacts.json --user key:secret',
    run: async (argv, environment) => (await import('./seed.ts')).seed(argv, environment),
  },
  snapshot: {
    usage: 'snapshot save|restore|remove|list [NAME]',
    does: 'keep the state of an account under a name, and go back to it',
    example: 'mockjet snapshot save before-import --user key:secret',
    run: async (argv, environment) => (await import('./snapshot.ts')).snapshot(argv, environment),
  },
  import: {
    usage: 'import FILE --list NAME [--method addnoforce]',
    does: "import a CSV file over Mailjet's API, and save what was refused beside it",
    example: 'mockjet import contacts.csv --list Newsletter --user key:secret',
    run: async (argv, environment) => (await import('./import.ts')).importCsv(argv, environment),
  },
  env: {
    usage: 'env CLIENT [--ca-file PATH]',
    does: 'print what makes a client talk to a running mock; PATH is where its certificate is saved already',
    example: 'eval "$(mockjet env node)"',
    run: async (argv, environment) => (await import('./env-command.ts')).env(argv, environment),
  },
  ca: {
    usage: 'ca',
    does: 'print the certificate that clients must trust',
    example: 'mockjet ca > ca.pem',
    run: async (argv, environment) => (await import('./env-command.ts')).ca(argv, environment),
  },
  version: {
    usage: 'version',
    does: 'print the version of this command',
    example: 'mockjet version',
    run: async (argv) => (await import('./version.ts')).version(argv),
  },
};

/** What the commands have in common. */
const common = `Options of the commands:
  --url URL          where the mock runs (MOCKJET_URL, or http://127.0.0.1:6245)
  --user KEY:SECRET  whose account is meant (MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE)
  --json             one line of JSON on stdout, errors as {"error": ...} on stderr
  --help             what a command does, with an example
A locked control API gets its token from MOCKJET_CONTROL_TOKEN.

Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

export function isCommand(name: string): boolean {
  return Object.hasOwn(commands, name);
}

/**
 * Runs a command, and tells on stderr what went wrong.
 * @returns its exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function runCommand(
  name: string,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const command = commands[name];
  if (command === undefined) return 2;
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  try {
    return await command.run(argv, environment);
  } catch (error) {
    const { message } = error as Error; // ours, node's and fetch's are Errors
    process.stderr.write(
      argv.includes('--json')
        ? `${JSON.stringify({ error: message })}\n`
        : `mockjet ${name}: ${message}\n`,
    );
    return isUsageError(error) ? 2 : 1;
  }
}

const helpOf = ({ usage, does, example }: Command) =>
  `mockjet ${usage}: ${does}\n\nExample:\n  ${example}\n\n${common}`;

/** The text of --help. */
export function help(): string {
  const rows = Object.values(settings).map(
    ({ flag, environment, description, byDefault }) =>
      `  ${flag.padEnd(14)} ${environment.padEnd(20)} ${description} (${byDefault})`,
  );
  const known = Object.values(commands).map(
    ({ usage, does, example }) => `  mockjet ${usage}\n      ${does}, e.g. ${example}`,
  );
  return `mockjet: a mock of the Mailjet API

Usage:
  mockjet [options]
      serve, e.g. mockjet --port 6245 --data ./accounts
${known.join('\n')}

Options of the server, each with its environment variable and default:
${rows.join('\n')}

${common}`;
}
