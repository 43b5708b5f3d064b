import { UsageError } from '../lib/usage-error.ts';
import type { Mail } from '../library/mail.ts';
import { type Arguments, print } from './arguments.ts';
import { plain } from './mails.ts';
import { printable } from './printable.ts';
import { runningAccount } from './running.ts';

const parts = ['html', 'text', 'raw'] as const;

/** `mockjet mail ID [--html|--text|--raw]`: shows a mail, or one part of it byte for byte. Exit code 0. */
export async function mail(
  { options, switches, words, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const wanted = parts.filter((part) => switches.has(part));
  if (wanted.length + Number(isJson) > 1)
    throw new UsageError('give one of --html, --text, --raw and --json');
  const [id = ''] = words;
  const found = await runningAccount(options, environment).mails.get(id);
  const [part] = wanted;
  if (part === undefined) print(isJson, plain(found), printable(summaryOf(found)));
  else process.stdout.write(await contentOf(found, part));
  return 0;
}

async function contentOf(mail: Mail, part: (typeof parts)[number]): Promise<string | Uint8Array> {
  if (part === 'raw') return mail.raw();
  if (mail[part] === '') throw new Error(`The mail ${mail.id} has no ${part}`);
  return mail[part];
}

/** What there is to know of a mail at a look. */
function summaryOf(mail: Mail): string {
  const { subject, text, html, recipients, attachments, links, codes, warnings } = mail;
  const named = ({ email, name }: Mail['from']) => (name === '' ? email : `${name} <${email}>`);
  const lines: [name: string, values: string[]][] = [
    ['From', [named(mail.from)]],
    ['To', mail.to.map(named)],
    ['Cc', mail.cc.map(named)],
    ['Bcc', mail.bcc.map(named)],
    ['Subject', [subject]],
    ['At', [mail.at]],
    ['CustomID', mail.customId === '' ? [] : [mail.customId]],
    ['Status', recipients.map(({ email, status }) => `${email} ${status || 'sandbox'}`)],
    ['Attachment', attachments.map(({ filename, size }) => `${filename} (${size} bytes)`)],
    ['Code', codes],
    ['Link', links.map(({ href }) => href)],
    ['Warning', warnings.map(({ message }) => message)],
  ];
  const head = lines.flatMap(([name, values]) =>
    values.map((value) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`),
  );
  const body = text || (html === '' ? '' : `It has HTML alone: mockjet mail ${mail.id} --html`);
  return [...head, '', body].join('\n').trimEnd();
}
