import { clientNames } from './clients.ts';
import type { Command } from './command.ts';
import { mailCommands } from './mail-commands.ts';
import { templateCommands } from './template-commands.ts';

const list = { value: 'NAME', does: 'the list that the contacts go into' };

/** The commands that talk to a running mock, by name. */
export const commands: Readonly<Record<string, Command>> = {
  wait: {
    words: [],
    options: {
      timeout: {
        value: 'TIME',
        does: 'how long at most, such as 500ms, 30s or 2m; 10s unless given',
      },
    },
    speaksTo: 'mock',
    does: 'wait until a mock is ready',
    example: 'mockjet wait --timeout 30s',
    run: async (given, environment) => (await import('./wait.ts')).wait(given, environment),
  },
  reset: {
    words: [],
    options: { all: { does: 'every account of the mock' } },
    speaksTo: 'account',
    does: 'give an account back what it held when it was new, or every account with --all',
    example: 'mockjet reset --user public:private',
    notes: ['An account that does not exist is refused and not made.'],
    run: async (given, environment) => (await import('./reset.ts')).reset(given, environment),
  },
  seed: {
    words: [{ name: 'FILE' }],
    options: { list: { ...list, does: `${list.does}; for a CSV file alone` } },
    speaksTo: 'account',
    does: 'add the properties, lists and contacts of a JSON file, or the contacts of a CSV file',
    example: 'mockjet seed contacts.json --user public:private',
    run: async (given, environment) => (await import('./seed.ts')).seed(given, environment),
  },
  snapshot: {
    words: [
      { name: 'ACTION', choices: ['save', 'restore', 'remove', 'list'] },
      { name: 'NAME', isOptional: true },
    ],
    options: {},
    speaksTo: 'account',
    does: 'keep the state of an account under a name, and go back to it',
    example: 'mockjet snapshot save before-import --user public:private',
    notes: ['All but list need the NAME of a snapshot.'],
    run: async (given, environment) => (await import('./snapshot.ts')).snapshot(given, environment),
  },
  import: {
    words: [{ name: 'FILE' }],
    options: {
      list: { ...list, does: `${list.does}; it is made where there is none`, isRequired: true },
      method: {
        value: 'METHOD',
        choices: ['addforce', 'addnoforce', 'remove', 'unsub'],
        does: 'addnoforce unless given',
      },
    },
    speaksTo: 'account',
    does: "import a CSV file over Mailjet's API, as an application does",
    example: 'mockjet import contacts.csv --list Newsletter --user public:private',
    notes: ['Refused rows are saved beside the file, with the ending .errors.csv.'],
    run: async (given, environment) => (await import('./import.ts')).importCsv(given, environment),
  },
  ...mailCommands,
  ...templateCommands,
  env: {
    words: [{ name: 'CLIENT', choices: clientNames }],
    options: {
      'ca-file': {
        value: 'PATH',
        does: 'where the certificate was saved already; it is saved otherwise',
      },
    },
    speaksTo: 'account',
    does: 'print what makes a client talk to a mock: variables for a shell on stdout, hints on stderr',
    example: 'eval "$(mockjet env node)"',
    run: async (given, environment) => (await import('./env-command.ts')).env(given, environment),
  },
  ca: {
    words: [],
    options: {},
    speaksTo: 'mock',
    does: 'print the certificate that clients must trust for HTTPS',
    example: 'mockjet ca > mockjet-ca.pem',
    run: async (given, environment) => (await import('./env-command.ts')).ca(given, environment),
  },
  version: {
    words: [],
    options: {},
    speaksTo: 'none',
    does: 'print the version of this command; --version does too',
    example: 'mockjet version',
    run: async (given) => (await import('./version.ts')).version(given),
  },
};
