import { UsageError } from '../lib/usage-error.ts';
import type { Mail } from '../library/mail.ts';
import type { MailQuery } from '../library/mails.ts';
import { type Arguments, print, timeOption } from './arguments.ts';
import { mailConditions } from './mail-commands.ts';
import { printable } from './printable.ts';
import { runningAccount } from './running.ts';

/** `mockjet mails [--to ...] [--wait 5s]`: lists mails, newest first. Exit code 0; 1 when those waited for do not come. */
export async function mails(
  { options, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const inbox = runningAccount(options, environment).mails;
  const query: MailQuery = headersOf(options.header);
  for (const [option, { query: name }] of Object.entries(mailConditions)) {
    const value = options[option];
    if (value !== undefined) query[name] = value;
  }
  const limit = whole('limit', options.limit);
  const count = whole('count', options.count);
  if (options.wait !== undefined)
    await inbox.wait({ ...query, count: count ?? 1, within: timeOption('wait', options.wait) });
  const found = await inbox.find({ ...query, ...(limit === undefined ? {} : { limit }) });
  const lines = found.map(
    ({ id, at, from, to, subject }) =>
      `${id}\t${at}\t${from.email}\t${to.map(({ email }) => email).join(', ')}\t${subject}`,
  );
  print(
    isJson,
    { mails: found.map(plain) },
    lines.map(printable).join('\n') || 'There are no mails',
  );
  return 0;
}

/** A mail as JSON: what it holds, not what can be done with it. */
export const plain = (mail: Mail): unknown => JSON.parse(JSON.stringify(mail));

function headersOf(given: string | undefined): MailQuery {
  if (given === undefined) return {};
  const [name = '', value] = given.split(/:\s*(.*)/s);
  if (name === '' || value === undefined) throw new UsageError('give --header as "X-Name: text"');
  return { headers: { [name]: value } };
}

function whole(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new UsageError(`--${name} is a number from 1`);
  return Number(given);
}
