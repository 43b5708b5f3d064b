import type { Command } from './command.ts';

const vars = {
  value: 'FILE',
  does: 'JSON with the variables that the template is sent with, as in Variables of a mail',
};

/** The commands about templates, by name. */
export const templateCommands: Readonly<Record<string, Command>> = {
  lint: {
    words: [{ name: 'FILE', isRepeated: true }],
    options: { vars },
    speaksTo: 'none',
    does: "say what is wrong with templates in Mailjet's language",
    example: 'mockjet lint welcome.html receipt.html',
    notes: [
      'Each error and warning is told with file, line and column; an error, production would block the mail for it, ends with 1.',
      'With --vars the templates are rendered too, which finds names that are not given.',
    ],
    run: async (given) => (await import('./lint.ts')).lint(given),
  },
  render: {
    words: [{ name: 'FILE|ID' }],
    options: {
      vars,
      contact: { value: 'FILE', does: 'JSON with the properties of a contact, for data:' },
      part: {
        value: 'PART',
        choices: ['subject', 'html', 'text'],
        does: 'what of a stored template is printed; html unless given',
      },
    },
    speaksTo: 'account',
    does: 'print what a template becomes: of a file, or of a template that an account of a running mock has',
    example: 'mockjet render welcome.html --vars ida.json',
    notes: [
      'A file needs no mock. What is wrong goes to stderr, and the exit code is 1 then; stdout has what could be rendered.',
    ],
    run: async (given, environment) => (await import('./render.ts')).render(given, environment),
  },
};
