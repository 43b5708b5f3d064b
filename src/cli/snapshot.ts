import { UsageError } from '../lib/usage-error.ts';
import { type Arguments, counted, print } from './arguments.ts';
import { runningAccount } from './running.ts';

/** What can be done with a snapshot, and how it is told. */
const deeds = { save: 'Saved', restore: 'Restored', remove: 'Removed' } as const;

/** `mockjet snapshot save|restore|remove NAME`, `mockjet snapshot list`. Exit code 0. */
export async function snapshot(given: Arguments, environment: NodeJS.ProcessEnv): Promise<number> {
  const { options, words, isJson } = given;
  const [deed = '', name] = words;
  if (!isDeed(deed)) return list(given, environment);
  if (name === undefined) throw new UsageError('give NAME, the name of the snapshot');
  await runningAccount(options, environment).snapshots[deed](name);
  print(isJson, { [deed]: name }, `${deeds[deed]} ${name}`);
  return 0;
}

const isDeed = (text: string): text is keyof typeof deeds => Object.hasOwn(deeds, text);

async function list(
  { options, words: [, name], isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  if (name !== undefined)
    throw new UsageError(`list shows all: it does not know what to do with ${name}`);
  const snapshots = await runningAccount(options, environment).snapshots.list();
  const lines = snapshots.map(
    ({ name, at, contacts, size }) =>
      `${name}\t${at}\t${counted(contacts, 'contact')}\t${counted(size, 'byte')}`,
  );
  print(isJson, { snapshots }, lines.join('\n') || 'There are no snapshots');
  return 0;
}
