import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { pino } from 'pino';
import { settingOptions } from '../config.ts';
import { readOptions } from '../lib/read-options.ts';
import { UsageError } from '../lib/usage-error.ts';
import { startForCommand } from '../start-for-command.ts';
import { checkChoice } from './arguments.ts';
import { writeCaFile } from './ca-file.ts';
import { clientNames } from './clients.ts';
import { onSignal } from './ending.ts';
import { clientEnvironment } from './env.ts';
import { forReaders } from './serve.ts';

/**
 * `mockjet run [--client CLIENT] [SETTINGS] -- COMMAND...`: a mock on a free port while a command runs, whose
 * environment leads to it.
 * @returns the command's exit code; 128 and the signal's number when a signal ended it; 127 when it is not found,
 *   126 when it cannot be run
 */
export async function run(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { command, own, client } = read(argv);
  const mock = await startForCommand(own, environment, (level) =>
    pino(
      { level },
      forReaders({ write: (line) => void process.stderr.write(line) }, process.stderr, environment),
    ),
  );
  const caPath = writeCaFile(mock.url, await mock.caPem());
  try {
    const variables = {
      ...clientEnvironment(client, { ...mock, caPath, apiSecret: mock.secretKey }, environment),
      MOCKJET_URL: mock.url,
      MJ_APIKEY_PUBLIC: mock.apiKey,
      MJ_APIKEY_PRIVATE: mock.secretKey,
    };
    return await ended(command, { ...environment, ...variables });
  } finally {
    rmSync(caPath, { force: true });
    await mock.close();
  }
}

/** What stands before `--` is ours. */
function read(argv: readonly string[]) {
  const end = argv.indexOf('--');
  const command = end < 0 ? [] : argv.slice(end + 1);
  if (command.length === 0)
    throw new UsageError('give the command behind --: mockjet run -- npm test');
  const { values, switches, words } = readOptions(argv.slice(0, end), {
    ...settingOptions(),
    client: 'text',
  });
  if (words.length > 0) throw new UsageError(`write -- before the command: -- ${words.join(' ')}`);
  const { client = 'node', ...rest } = values;
  checkChoice('--client', client, clientNames);
  const own = Object.entries(rest).map(([name, value]) => `--${name}=${value}`);
  for (const name of switches) own.push(`--${name}`);
  return { command, own, client };
}

/** Runs the command with our own stdin, stdout and stderr, and hands signals on to it. */
function ended(
  [program = '', ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: environment,
    // npm and its like are scripts there, which only a shell runs
    shell: process.platform === 'win32',
  });
  onSignal((signal) => handOn(child, signal));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES') return reject(error);
      const isMissing = error.code === 'ENOENT';
      process.stderr.write(
        `mockjet run: ${program} ${isMissing ? 'is not found' : 'cannot be run: it is not executable'}\n`,
      );
      resolve(isMissing ? 127 : 126);
    });
    child.once('exit', (code, signal) =>
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]),
    );
  });
}

function handOn(child: ChildProcess, signal: NodeJS.Signals): void {
  // Ctrl-C of a terminal goes to the command by itself; a second one would make many programs stop in the middle
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
