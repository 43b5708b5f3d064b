import { UsageError } from '../lib/usage-error.ts';
import { type Arguments, print } from './arguments.ts';
import { isKnownAccount, runningControl } from './running.ts';

/**
 * `mockjet reset`: makes the account new; `--all` every account. A key that nobody has used is refused: the call
 * would make its account, and say that it was reset. Exit code 0.
 */
export async function reset(
  { options, switches, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const isAll = switches.has('all');
  if (isAll && options.user !== undefined)
    throw new UsageError('give --user for one account or --all for every account, not both');
  const { control, apiKey } = runningControl(options, environment, isAll);
  if (!isAll && apiKey === undefined)
    throw new UsageError('give --user KEY:SECRET for one account, or --all for every account');
  if (apiKey !== undefined && !(await isKnownAccount(apiKey, options, environment)))
    throw new Error(`the mock has no account with the key ${apiKey}`);
  await control.call('POST', '/reset', { json: {} });
  print(isJson, { reset: apiKey ?? 'all' }, `Reset ${apiKey ?? 'all accounts'}`);
  return 0;
}
