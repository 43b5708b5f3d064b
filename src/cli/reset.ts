import { print, readArguments } from './arguments.ts';
import { runningControl } from './running.ts';

/** `mockjet reset`: makes the account new, or without credentials every account. Exit code 0. */
export async function reset(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { options, isJson } = readArguments(argv);
  const { control, apiKey } = runningControl(options, environment);
  await control.call('POST', '/reset', { json: {} });
  print(isJson, { reset: apiKey ?? 'all' }, `Reset ${apiKey ?? 'all accounts'}`);
  return 0;
}
