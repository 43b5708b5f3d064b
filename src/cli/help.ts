import { settings } from '../config.ts';
import {
  type Command,
  commonOptions,
  type Option,
  optionsOf,
  type ServerCommand,
} from './command.ts';
import { commands } from './command-table.ts';
import { serverCommands } from './server-commands.ts';

/** Every command by its name, as help shows them. */
export const allCommands: Readonly<Record<string, Command | ServerCommand>> = {
  ...serverCommands,
  ...commands,
};

/** `mockjet import FILE --list NAME [--method METHOD] [OPTIONS]`. */
export function usageOf(
  name: string,
  { words, options, speaksTo }: Command | ServerCommand,
): string {
  const told = Object.entries(options).map(([option, { value, isRequired }]) => {
    const text = `--${option}${value === undefined ? '' : ` ${value}`}`;
    return isRequired ? text : `[${text}]`;
  });
  const behind = words.map(({ name: word, isOptional, isRepeated }) =>
    isOptional ? `[${word}]` : isRepeated ? `${word}...` : word,
  );
  // what follows `--` comes last
  const parts = speaksTo === 'settings' ? [...told, '[OPTIONS]', ...behind] : [...behind, ...told];
  return ['mockjet', name, ...parts].join(' ');
}

/** An option as it is written, with its value. */
export const written = (name: string, { value }: Option) =>
  `--${name}${value === undefined ? '' : ` ${value}`}`;

/** What an option does, with the values there are. */
export const explained = ({ does, choices }: Option) =>
  choices === undefined ? does : `${choices.join(', ')}; ${does}`;

/** The text of `mockjet help`. */
export function help(): string {
  const rows = Object.entries(allCommands).map(([name, { does }]) => [name, does] as const);
  return `Mockjet: the Mailjet API on your own machine

Usage:
  mockjet [OPTIONS]            start a mock
  mockjet COMMAND [OPTIONS]    talk to one that runs

Commands:
${columns(rows)}

Options of the commands that talk to a mock:
${columns(optionRows(commonOptions.account))}
  A locked control API gets its token from MOCKJET_CONTROL_TOKEN.

Options of a mock, each with its environment variable and default:
${settingRows()}

Exit codes: 0 done, 1 failed, 2 wrong usage.
"mockjet help COMMAND" says more about a command, with an example.
`;
}

/** The text of `mockjet help COMMAND`. */
export function helpOf(name: string, command: Command | ServerCommand): string {
  const { does, example, notes = [], aliases = [], words, speaksTo } = command;
  const choices = words.flatMap(({ name: word, choices: all }) =>
    all === undefined ? [] : [`${word} is one of ${all.join(', ')}.`],
  );
  const own = optionRows(optionsOf(command));
  const also = aliases.map((alias) => `"mockjet ${alias}" is the same.`);
  return [
    `mockjet ${name}: ${does}`,
    `Usage:\n  ${usageOf(name, command)}`,
    `Example:\n  ${example}`,
    ...(own.length === 0 ? [] : [`Options:\n${columns(own)}`]),
    ...(speaksTo === 'settings' ? [`Options of the mock:\n${settingRows()}`] : []),
    ...[...choices, ...also, ...notes],
    'Exit codes: 0 done, 1 failed, 2 wrong usage.\n',
  ].join('\n\n');
}

const optionRows = (options: Readonly<Record<string, Option>>) =>
  Object.entries(options).map(
    ([name, option]) => [written(name, option), explained(option)] as const,
  );

function settingRows(): string {
  const rows = Object.values(settings).map(
    ({ flag, environment, description, byDefault }) =>
      [flag, environment, `${description} (${byDefault})`] as const,
  );
  return columns(rows);
}

/** Rows with columns below each other. */
function columns(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === cells.length - 1 ? cell : cell.padEnd([first, second][column] ?? 0),
        )
        .join('  '),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}
