import { readFileSync } from 'node:fs';
import type { SeedDocument } from '../library/seed.ts';
import { type Arguments, counted, print } from './arguments.ts';
import { runningAccount } from './running.ts';

/** `mockjet seed FILE.json`, `mockjet seed FILE.csv [--list NAME]`: adds what the file holds. Exit code 0. */
export async function seed(
  { options, words, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [file = ''] = words;
  const account = runningAccount(options, environment);
  const counts = await account.seed(readSeed(file, options.list));
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => counted(count, one[what] ?? what, what));
  print(isJson, counts, `Seeded ${told.join(', ') || 'nothing'}`);
  return 0;
}

/** One of what the counts name. */
const one: Readonly<Record<string, string>> = {
  properties: 'property',
  lists: 'list',
  contacts: 'contact',
  subscriptions: 'subscription',
  senders: 'sender',
  signups: 'signup',
  templates: 'template',
};

function readSeed(file: string, list: string | undefined) {
  const text = readFileSync(file, 'utf8');
  if (/\.csv$/i.test(file)) return { csv: text, ...(list === undefined ? {} : { list }) };
  try {
    return JSON.parse(text) as SeedDocument; // the server checks it
  } catch (error) {
    throw new Error(`${file} is neither JSON nor named .csv: ${(error as Error).message}`); // a SyntaxError
  }
}
