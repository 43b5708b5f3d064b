import { readFileSync } from 'node:fs';
import type { SeedDocument } from '../library/seed.ts';
import { print, readArguments } from './arguments.ts';
import { runningAccount } from './running.ts';

/** `mockjet seed FILE.json`, `mockjet seed FILE.csv [--list NAME]`: adds what the file holds. Exit code 0. */
export async function seed(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { options, words, isJson } = readArguments(argv, ['FILE'], ['list']);
  const [file = ''] = words;
  const account = runningAccount(options, environment);
  const counts = await account.seed(readSeed(file, options.list));
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  print(isJson, counts, `Seeded ${told.join(', ')}`);
  return 0;
}

function readSeed(file: string, list: string | undefined) {
  const text = readFileSync(file, 'utf8');
  if (/\.csv$/i.test(file)) return { csv: text, ...(list === undefined ? {} : { list }) };
  try {
    return JSON.parse(text) as SeedDocument; // the server checks it
  } catch (error) {
    throw new Error(`${file} is neither JSON nor named .csv: ${(error as Error).message}`); // a SyntaxError
  }
}
