import { UsageError } from '../lib/usage-error.ts';
import { print, readArguments } from './arguments.ts';
import { runningAccount } from './running.ts';

/** What can be done with a snapshot, and how it is told. */
const deeds = { save: 'Saved', restore: 'Restored', remove: 'Removed' } as const;

/** `mockjet snapshot save|restore|remove NAME`, `mockjet snapshot list`. Exit code 0. */
export async function snapshot(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [deed = '', ...rest] = argv;
  if (deed === 'list') return list(rest, environment);
  if (!isDeed(deed)) throw new UsageError('say save, restore, remove or list');
  const { options, words, isJson } = readArguments(rest, ['NAME']);
  const [name = ''] = words;
  await runningAccount(options, environment).snapshots[deed](name);
  print(isJson, { [deed]: name }, `${deeds[deed]} ${name}`);
  return 0;
}

const isDeed = (text: string): text is keyof typeof deeds => Object.hasOwn(deeds, text);

async function list(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { options, isJson } = readArguments(argv);
  const snapshots = await runningAccount(options, environment).snapshots.list();
  const lines = snapshots.map(
    ({ name, at, contacts, size }) => `${name}\t${at}\t${contacts} contacts\t${size} bytes`,
  );
  print(isJson, { snapshots }, lines.join('\n') || 'There are no snapshots');
  return 0;
}
