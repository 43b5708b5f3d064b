import type { Arguments } from './arguments.ts';

/** An option of a command. */
export interface Option {
  /** What stands behind it, as help shows it; a switch has none. */
  value?: string;
  /** The values there are, where they are few. */
  choices?: readonly string[];
  does: string;
  isRequired?: true;
}

/** A word of a command that is no option. */
export interface Word {
  name: string;
  choices?: readonly string[];
  isOptional?: true;
  /** There may be more of it; the last word alone. */
  isRepeated?: true;
}

/** A command. Its help, its section in docs/command-line.md and what it accepts all come from this. */
export interface Command {
  /** Other names of it. */
  aliases?: readonly string[];
  words: readonly Word[];
  options: Readonly<Record<string, Option>>;
  /** `mock` talks to a running mock, `account` to an account of one; `none` to neither. */
  speaksTo: 'mock' | 'account' | 'none';
  does: string;
  example: string;
  /** What one must know beside, a sentence each. */
  notes?: readonly string[];
  /**
   * Runs it; its module is read then, so that no command slows the others.
   * @returns the exit code
   */
  run(given: Arguments, environment: NodeJS.ProcessEnv): Promise<number>;
}

/** What starts with a server's settings and reads them itself. */
export interface ServerCommand extends Omit<Command, 'run' | 'speaksTo'> {
  speaksTo: 'settings';
  run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number>;
}

const url: Option = {
  value: 'URL',
  does: 'where the mock runs; MOCKJET_URL, or http://127.0.0.1:6245 unless MOCKJET_HOST or MOCKJET_PORT say otherwise',
};
const user: Option = {
  value: 'KEY:SECRET',
  does: 'the account; MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE unless given',
};
const json: Option = {
  does: 'one line of JSON on stdout; what goes wrong is {"error": ...} on stderr',
};

/** The options that every command of a kind has. */
export const commonOptions: Readonly<
  Record<Command['speaksTo'] | 'settings', Readonly<Record<string, Option>>>
> = { account: { user, url, json }, mock: { url, json }, none: { json }, settings: {} };

/** All options of a command. */
export function optionsOf({
  options,
  speaksTo,
}: Pick<Command | ServerCommand, 'options' | 'speaksTo'>): Readonly<Record<string, Option>> {
  return { ...options, ...commonOptions[speaksTo] };
}
