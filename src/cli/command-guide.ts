import { type Command, commonOptions, type Option, type ServerCommand } from './command.ts';
import { allCommands, explained, usageOf, written } from './help.ts';

/** Writes docs/command-line.md: a section for each command, from the same source as `mockjet help`. */
export function commandGuide(): string {
  const intro = `# The command line

Generated from \`src/cli/command-table.ts\`; \`npx vitest run src/cli -u\` writes it anew. \`mockjet help COMMAND\`
shows the same.

| command | what it does |
| --- | --- |
${Object.entries(allCommands)
  .map(([name, { does }]) => `| [\`${name}\`](#mockjet-${name}) | ${upperFirst(does)}. |`)
  .join('\n')}

## Finding the mock and the account

${table(commonOptions.account)}

Not every command takes all three: its own section says what else it takes. A locked control API gets its token from
\`MOCKJET_CONTROL_TOKEN\`.

| exit code | |
| --- | --- |
| 0 | Done. For \`mockjet import\`: the job completed, even when it refused rows. |
| 1 | Failed: no mock answers, the secret is wrong, a job ended in Error or Abort. |
| 2 | Wrong usage: an unknown option, a missing word, a setting out of its range. |

\`mockjet run\` ends with the exit code of its command.
`;
  const sections = Object.entries(allCommands).map(([name, command]) => section(name, command));
  return [intro, ...sections].join('\n');
}

function section(name: string, command: Command | ServerCommand): string {
  const { does, example, notes = [], aliases = [], words, options, speaksTo } = command;
  const choices = words.flatMap(({ name: word, choices: all }) =>
    all === undefined ? [] : [`${word} is one of ${all.map((one) => `\`${one}\``).join(', ')}.`],
  );
  const also = aliases.map((alias) => `\`mockjet ${alias}\` is the same.`);
  const settings =
    speaksTo === 'settings' ? ['OPTIONS are the [settings](../README.md#settings).'] : [];
  return [
    `## mockjet ${name}`,
    `${upperFirst(does)}.`,
    `\`\`\`sh\n${example}\n\`\`\``,
    `\`${usageOf(name, command)}\``,
    ...(Object.keys(options).length === 0 ? [] : [table(options)]),
    [...choices, ...also, ...settings, ...notes].join(' '),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function table(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(
    ([name, option]) => `| \`${written(name, option)}\` | ${upperFirst(explained(option))}. |`,
  );
  return ['| option | |', '| --- | --- |', ...rows].join('\n');
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
