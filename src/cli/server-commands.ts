import { clientNames } from './clients.ts';
import type { ServerCommand } from './command.ts';

/** The commands that start a mock, by name; the first is what `mockjet` does by itself. */
export const serverCommands: Readonly<Record<string, ServerCommand>> = {
  serve: {
    aliases: ['start'],
    words: [],
    options: {},
    speaksTo: 'settings',
    does: 'start a mock and let it run until it is stopped; mockjet without a command does the same',
    example: 'mockjet serve --port 6245 --data ./accounts',
    async run(argv, environment) {
      await (await import('./serve.ts')).serve(argv, environment);
      return 0;
    },
  },
  run: {
    words: [{ name: '-- COMMAND' }],
    options: {
      client: {
        value: 'CLIENT',
        choices: clientNames,
        does: 'whose variables are set, as "mockjet env CLIENT" prints them; node unless given',
      },
    },
    speaksTo: 'settings',
    does: 'start a mock on a free port, run a command with the environment that leads to it, and end with its exit code',
    example: 'mockjet run -- npm test',
    notes: [
      'The command gets MOCKJET_URL, MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE, and the variables of the client.',
      'The mock ends with the command, and writes no log unless --log-level is given; the log goes to stderr then.',
    ],
    run: async (argv, environment) => (await import('./run.ts')).run(argv, environment),
  },
};
