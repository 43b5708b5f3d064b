import { compileGlob } from '../lib/glob.ts';
import { readLookupId } from '../lib/int64.ts';
import type { SearchedMail } from './searched-mail.ts';

/** What mails are asked for; every given part must hold. */
export interface MailQuery {
  /** Whole or with `*`, any case; of To, Cc or Bcc. */
  to?: string | undefined;
  /** Whole or with `*`, any case. */
  from?: string | undefined;
  /** Occurs in the subject, any case. */
  subject?: string | undefined;
  /** Occurs in the text or HTML part, any case. */
  text?: string | undefined;
  customId?: string | undefined;
  campaign?: string | undefined;
  /** An ID, or for v3 a name. */
  templateId?: string | undefined;
  /** Of one of its messages. */
  messageId?: string | undefined;
  messageUuid?: string | undefined;
  /** Of one of its messages now, any case. */
  status?: string | undefined;
  /** `X-Mj-Request-Guid` of the answer. */
  requestGuid?: string | undefined;
  /** Occurs in a header of this name, any case. */
  headers?: readonly { name: string; value: string }[] | undefined;
  /** Mails behind this one, or behind this time (ms). */
  after?: { id: bigint } | { time: number } | undefined;
}

/**
 * One condition of a query.
 * @property name as the query names it
 * @property values what of a mail it looks at: one of them must hold
 * @property narrowing what SQL tells of each mail for which it holds, and perhaps of others
 * @property changes true for what may come to hold later
 */
export interface Condition {
  name: string;
  wanted: string;
  values(mail: SearchedMail): string[];
  holds(value: string): boolean;
  narrowing?: { sql: string; values: (string | number | bigint)[] } | undefined;
  changes?: true;
}

/** The conditions of a query, those that cost least to look at first. */
export function conditionsOf(query: MailQuery): Condition[] {
  const conditions: Condition[] = [];
  for (const name of ['messageId', 'messageUuid', 'requestGuid', 'customId'] as const)
    if (query[name] !== undefined) conditions.push(byName[name](query[name]));
  if (query.after !== undefined) conditions.push(afterCondition(query.after));
  for (const name of ['campaign', 'from', 'subject', 'to', 'status', 'templateId'] as const)
    if (query[name] !== undefined) conditions.push(byName[name](query[name]));
  for (const { name, value } of query.headers ?? []) conditions.push(headerCondition(name, value));
  if (query.text !== undefined) conditions.push(byName.text(query.text));
  return conditions;
}

/** True when all of them hold. */
export const meets = (mail: SearchedMail, conditions: readonly Condition[]) =>
  conditions.every(({ values, holds }) => values(mail).some(holds));

const same = (wanted: string) => (value: string) => value === wanted;
const within = (wanted: string) => {
  const part = wanted.toLowerCase();
  return (value: string) => value.toLowerCase().includes(part);
};

/** A mail that was dropped, or in the sandbox, has no messages: what was told of them stands with its recipients. */
const isUnsent = `instr(recipients, '"messageId":') > 0`;
const messageIn = (condition: string) => `mail.ID IN (SELECT mailID FROM message WHERE ${condition}
  UNION ALL SELECT ID FROM mail WHERE ${isUnsent} AND instr(recipients, ?) > 0)`;

const byName = {
  messageId: (wanted: string): Condition => ({
    name: 'messageId',
    wanted,
    values: (mail) => mail.messages().map(({ ID }) => `${ID}`),
    holds: same(wanted),
    narrowing: {
      sql: messageIn('ID = ?'),
      values: [readLookupId(wanted) ?? 0, `"messageId":"${wanted}"`],
    },
  }),
  messageUuid: (wanted: string): Condition => ({
    name: 'messageUuid',
    wanted,
    values: (mail) => mail.messages().map(({ UUID }) => UUID),
    holds: same(wanted),
    narrowing: {
      sql: messageIn('UUID = ?'),
      values: [wanted, `"messageUuid":${JSON.stringify(wanted)}`],
    },
  }),
  requestGuid: (wanted: string) => column('requestGuid', 'requestGuid', wanted),
  customId: (wanted: string) => column('customId', 'CustomID', wanted),
  campaign: (wanted: string) => column('campaign', 'CustomCampaign', wanted),
  from: (wanted: string): Condition => ({
    name: 'from',
    wanted,
    values: ({ FromEmail }) => [FromEmail],
    holds: compileGlob(wanted),
    narrowing: containing('FromEmail', wanted),
  }),
  subject: (wanted: string): Condition => ({
    name: 'subject',
    wanted,
    values: ({ Subject }) => [Subject],
    holds: within(wanted),
    narrowing: containing('Subject', wanted, ''),
  }),
  to: (wanted: string): Condition => ({
    name: 'to',
    wanted,
    values: (mail) => mail.emails(),
    holds: compileGlob(wanted),
    narrowing: containing('recipients', wanted),
  }),
  status: (wanted: string): Condition => ({
    name: 'status',
    wanted,
    values: (mail) => mail.messages().map(({ Status }) => Status),
    holds: same(wanted.toLowerCase()),
    narrowing:
      wanted.toLowerCase() === 'dropped'
        ? { sql: isUnsent, values: [] }
        : {
            sql: 'EXISTS (SELECT 1 FROM message WHERE mailID = mail.ID AND Status = ?)',
            values: [wanted.toLowerCase()],
          },
    changes: true,
  }),
  templateId: (wanted: string): Condition => ({
    name: 'templateId',
    wanted,
    values: (mail) => [`${mail.details().template ?? ''}`],
    holds: same(wanted),
  }),
  text: (wanted: string): Condition => ({
    name: 'text',
    wanted,
    values(mail) {
      const { text, html } = mail.parts();
      return [text, html];
    },
    holds: within(wanted),
  }),
};

function column(
  name: string,
  of: 'requestGuid' | 'CustomID' | 'CustomCampaign',
  wanted: string,
): Condition {
  // the indexes are over what is not empty, and are taken where the question says so
  const notEmpty = wanted === '' ? '' : ` AND ${of} <> ''`;
  return {
    name,
    wanted,
    values: (mail) => [mail[of]],
    holds: same(wanted),
    narrowing: { sql: `${of} = ?${notEmpty}`, values: [wanted] },
  };
}

function headerCondition(header: string, wanted: string): Condition {
  const isWanted = same(header.toLowerCase());
  return {
    name: `header.${header}`,
    wanted,
    values: (mail) =>
      mail
        .details()
        .headers.filter(({ name }) => isWanted(name.toLowerCase()))
        .map(({ value }) => value),
    holds: within(wanted),
  };
}

function afterCondition(after: { id: bigint } | { time: number }): Condition {
  if ('id' in after) {
    const { id } = after;
    return {
      name: 'after',
      wanted: `${id}`,
      values: ({ ID }) => [`${ID}`],
      holds: (value) => BigInt(value) > id,
      narrowing: { sql: 'mail.ID > ?', values: [id] },
    };
  }
  const { time } = after;
  return {
    name: 'after',
    wanted: `${time}`,
    values: ({ at }) => [`${at}`],
    holds: (value) => Number(value) > time,
    narrowing: { sql: 'mail.at > ?', values: [time] },
  };
}

/**
 * That a column contains the longest plain part of a pattern, in any case: SQLite knows the case of ASCII alone, and of a
 * text with a NUL only what stands before it.
 */
function containing(column: string, pattern: string, star = '*') {
  const parts = (star === '' ? [pattern] : pattern.split(star)).flatMap((part) =>
    part.split(/[^ !#-$&-[\]-~]+/),
  );
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  if (longest === '') return undefined;
  return { sql: `(${column} LIKE ? OR instr(${column}, char(0)))`, values: [`%${longest}%`] };
}
