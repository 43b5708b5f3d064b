import { type ParseArgsConfig, parseArgs } from 'node:util';
import { writeJson } from '../lib/json.ts';
import { UsageError } from '../lib/usage-error.ts';

/** True for a wrong use, ours or found by node:util: exit code 2. */
export function isUsageError(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code; // any value may be thrown
  return (
    error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_'))
  );
}

/** What was given to a command. */
export interface Arguments {
  /** Options by name, those of every command too: `url`, `user`. */
  options: Partial<Record<string, string>>;
  /** The words that are no options, in the order of `names`. */
  words: string[];
  /** True for `--json`: the answer is one line of JSON. */
  isJson: boolean;
}

/**
 * Reads the arguments of a command.
 * @param names what its words mean, all are needed; 'any' for a command that counts them itself
 * @param extra options of its own beside `--url`, `--user` and `--json`, each with a value
 * @throws UsageError that names what is missing or too much
 */
export function readArguments(
  argv: readonly string[],
  names: readonly string[] | 'any' = [],
  extra: readonly string[] = [],
): Arguments {
  const options: ParseArgsConfig['options'] = { json: { type: 'boolean' } };
  for (const name of ['url', 'user', ...extra]) options[name] = { type: 'string' };
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (names !== 'any') checkWords(positionals, names);
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    options: Object.fromEntries(texts),
    words: positionals,
    isJson: values.json === true,
  };
}

function checkWords(words: readonly string[], names: readonly string[]): void {
  const missing = names.slice(words.length);
  if (missing.length > 0) throw new UsageError(`give ${missing.join(' and ')}`);
  const more = words.slice(names.length);
  if (more.length > 0) throw new UsageError(`does not know what to do with ${more.join(' ')}`);
}

/** Prints what a command has to say on stdout: lines for people, or one line of JSON. */
export function print(isJson: boolean, value: unknown, text: string): void {
  process.stdout.write(isJson ? `${writeJson(value)}\n` : `${text}\n`);
}
