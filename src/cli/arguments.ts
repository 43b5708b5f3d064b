import { closestName } from '../lib/closest-name.ts';
import { readDuration } from '../lib/duration.ts';
import { writeJson } from '../lib/json.ts';
import { didYouMean, readOptions } from '../lib/read-options.ts';
import { UsageError } from '../lib/usage-error.ts';
import { type Command, optionsOf, type Word } from './command.ts';

/** What was given to a command. */
export interface Arguments {
  /** Options with a value, by name: `url`, `user`. */
  options: Partial<Record<string, string>>;
  /** Options without one. */
  switches: ReadonlySet<string>;
  /** The words that are no options, in the command's order. */
  words: string[];
  /** True for `--json`: the answer is one line of JSON. */
  isJson: boolean;
}

/**
 * Reads what was given to a command.
 * @throws UsageError that names what is unknown, missing or too much
 */
export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const options = optionsOf(command);
  const { values, switches, words } = readOptions(
    argv,
    Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [name, value ? 'text' : 'switch']),
    ),
  );
  checkWords(words, command.words);
  for (const [name, { choices, isRequired, value }] of Object.entries(options)) {
    const given = values[name];
    if (given !== undefined) checkChoice(`--${name}`, given, choices);
    else if (isRequired) throw new UsageError(`give --${name} ${value}`);
  }
  return { options: values, switches, words, isJson: switches.has('json') };
}

function checkWords(given: readonly string[], words: readonly Word[]): void {
  for (const [at, { name, choices }] of words.entries()) {
    const word = given[at];
    if (word !== undefined) checkChoice(name, word, choices);
  }
  const missing = words.slice(given.length).find(({ isOptional }) => !isOptional);
  if (missing !== undefined) throw new UsageError(`give ${said(missing)}`);
  const more = words.at(-1)?.isRepeated ? [] : given.slice(words.length);
  if (more.length > 0) throw new UsageError(`does not know what to do with ${more.join(' ')}`);
}

const said = ({ name, choices }: Word) =>
  choices === undefined ? name : `${name}, one of ${choices.join(', ')}`;

/** @throws UsageError for what is none of the choices, if there are any */
export function checkChoice(
  what: string,
  given: string,
  choices: readonly string[] | undefined,
): void {
  if (choices === undefined || choices.includes(given)) return;
  const close = closestName(given, choices);
  throw new UsageError(
    `${what}: "${given}" is not one of ${choices.join(', ')}${didYouMean(close)}`,
  );
}

/** Milliseconds of an option that takes a time. @throws UsageError for what is none, or has no unit */
export function timeOption(name: string, text: string): number {
  const ms = readDuration(text);
  if (ms === undefined || ms < 0)
    throw new UsageError(
      /^\d+$/.test(text)
        ? `--${name}: "${text}" has no unit: write ${text}s or ${text}ms`
        : `--${name}: "${text}" is not a time such as 500ms, 30s or 2m`,
    );
  return ms;
}

/** Prints what a command has to say on stdout: lines for people, or one line of JSON. */
export function print(isJson: boolean, value: unknown, text: string): void {
  process.stdout.write(isJson ? `${writeJson(value)}\n` : `${text}\n`);
}

/** `1 contact`, `2 contacts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
