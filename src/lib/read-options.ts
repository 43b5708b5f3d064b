import { parseArgs } from 'node:util';
import { closestName } from './closest-name.ts';
import { UsageError } from './usage-error.ts';

/** What stood on a command line. */
export interface ReadOptions {
  /** Options with a value, by name without `--`. */
  values: Partial<Record<string, string>>;
  /** Options without one. */
  switches: ReadonlySet<string>;
  /** What is no option, and all that stands behind `--`. */
  words: string[];
}

/**
 * Reads options and words.
 * @param known each option by its name without `--`; one with a value is 'text'
 * @throws UsageError for an option that is unknown, lacks its value or has one too many
 */
export function readOptions(
  argv: readonly string[],
  known: Readonly<Record<string, 'text' | 'switch'>>,
): ReadOptions {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      { type: kind === 'text' ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  // strict would refuse in node's words
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const read = { values: {} as Partial<Record<string, string>>, switches: new Set<string>() }; // filled below
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const kind = Object.hasOwn(known, name) && rawName.startsWith('--') ? known[name] : undefined;
    if (kind === undefined) throw new UsageError(unknown(rawName, Object.keys(known)));
    if (kind === 'switch') {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
      read.switches.add(name);
    } else {
      // `--list --json` is a value that was forgotten; `--list=--json` is meant
      if (value === undefined || (!token.inlineValue && /^-./.test(value)))
        throw new UsageError(`give ${rawName} a value: ${rawName}=VALUE`);
      read.values[name] = value;
    }
  }
  return { ...read, words };
}

function unknown(rawName: string, known: readonly string[]): string {
  const close = closestName(rawName.replace(/^-+/, ''), known);
  return `unknown option ${rawName}${didYouMean(close && `--${close}`)}`;
}

/** What is put behind the refusal of a name. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean ${name}?`;
}
