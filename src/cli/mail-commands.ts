import type { Command, Option } from './command.ts';

const address = (whose: string): Option => ({
  value: 'ADDRESS',
  does: `${whose}, whole or with * for any text, in any case`,
});
const exactly = (value: string, what: string): Option => ({
  value,
  does: `with exactly this ${what}`,
});
const holds = (where: string): Option => ({
  value: 'TEXT',
  does: `with this in ${where}, in any case`,
});

/** Conditions on mails, by the names that they have in a query. */
export const mailConditions = {
  to: { query: 'to', ...address('to this address') },
  from: { query: 'from', ...address('from this address') },
  subject: { query: 'subject', ...holds('the subject') },
  text: { query: 'text', ...holds('text or HTML') },
  'custom-id': { query: 'customId', ...exactly('ID', 'CustomID') },
  campaign: { query: 'campaign', ...exactly('NAME', 'campaign') },
  'template-id': { query: 'templateId', ...exactly('ID', 'template') },
  'message-id': { query: 'messageId', ...exactly('ID', 'MessageID') },
  'message-uuid': { query: 'messageUuid', ...exactly('UUID', 'MessageUUID') },
  'request-guid': { query: 'requestGuid', ...exactly('GUID', 'X-Mj-Request-Guid of the answer') },
  status: { query: 'status', value: 'STATUS', does: 'with a message of this status now' },
  after: {
    query: 'after',
    value: 'ID',
    does: 'behind the mail of this ID, or behind a time such as 2026-03-01T09:00:00Z',
  },
} as const satisfies Record<string, Option & { query: string }>;

/** The commands about mails, by name. */
export const mailCommands: Readonly<Record<string, Command>> = {
  mails: {
    words: [],
    options: {
      ...mailConditions,
      header: { value: 'NAME:TEXT', does: 'with this text in a header of that name, in any case' },
      wait: { value: 'TIME', does: 'wait for them, such as 5s, 60s at most' },
      count: { value: 'NUMBER', does: 'how many are waited for; 1 unless given' },
      limit: { value: 'NUMBER', does: 'how many are shown at most; 100 unless given' },
    },
    speaksTo: 'account',
    does: 'list the mails that were sent, newest first; every condition given must hold',
    example: "mockjet mails --to '*@example.com' --wait 5s --user public:private",
    notes: ['When those waited for do not come, it says which mails came near, and ends with 1.'],
    run: async (given, environment) => (await import('./mails.ts')).mails(given, environment),
  },
  mail: {
    words: [{ name: 'ID' }],
    options: {
      html: { does: 'its HTML alone, as it was sent' },
      text: { does: 'its text alone, as it was sent' },
      raw: { does: 'the message as a recipient gets it' },
    },
    speaksTo: 'account',
    does: 'show a mail, or one part of it byte for byte',
    example: 'mockjet mail 7 --html --user public:private > mail.html',
    run: async (given, environment) => (await import('./mail.ts')).mail(given, environment),
  },
};
