import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { createRegistry } from '../accounts/registry.ts';
import { accept } from './accept.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { findMails } from './find-mails.ts';
import { conditionsOf, type MailQuery } from './mail-conditions.ts';

let registry: ReturnType<typeof createRegistry>;
let account: Account;
let isStrict = false;
let numbersSandbox = false;
beforeEach(() => {
  isStrict = false;
  numbersSandbox = false;
  registry = createRegistry();
  account = registry.create({ apiKey: 'shop', secretKey: 'secret' });
});
afterEach(() => registry.close());

const to = (email: string) => [{ email, name: '' }];
const take = (...drafts: Partial<Draft>[]) =>
  account.write(() =>
    accept(
      account,
      drafts.map((draft) => ({
        ...emptyDraft('v3.1'),
        from: { email: 'shop@example.com', name: 'Shop' },
        to: to('ann@example.com'),
        ...draft,
      })),
      {
        requestGuid: 'guid-1',
        stepMs: 0,
        isStrict,
        numbersSandbox,
        render: (_account, given) => given,
      },
    ),
  );
const find = async (query: MailQuery, limit = 100) =>
  findMails(account, conditionsOf(query), { limit });

it.each<[stored: string, wanted: string, isFound: boolean]>([
  ['Your order 7', 'ORDER', true],
  ['Your order 7', 'odrer', false],
  ['Übung macht den Meister', 'übung MACHT', true],
  ['100% off', '100% o', true],
  ['100 is off', '100% o', false],
  ['snake_case', 'snake_', true],
  ['snakes', 'snake_', false],
  ['"quoted" \\ text', '"QUOTED" \\', true],
  ['before\0behind', 'behind', true],
  ['πάντα ῥεῖ', 'ΠΆΝΤΑ', true],
  ['anything', '', true],
])('a subject %j contains %j: %j', async (subject, wanted, isFound) => {
  take({ subject });
  expect((await find({ subject: wanted })).total).toBe(Number(isFound));
});

it.each<[stored: string, wanted: string, isFound: boolean]>([
  ['ann@example.com', 'ANN@EXAMPLE.COM', true],
  ['ann@example.com', 'nn@example.com', false],
  ['ann@example.com', 'ann@*.com', true],
  ['ann@example.com', '*', true],
  ['"ann\\"lee"@example.com', '"ann\\"lee"@*', true],
  ['ann_lee@example.com', 'ann_lee@example.com', true],
  ['annalee@example.com', 'ann_lee@example.com', false],
  ['jürgen@example.com', 'JÜRGEN@example.com', true],
  ['email@example.com', 'email', false],
])('a mail to %j is one to %j: %j', async (email, wanted, isFound) => {
  take({ cc: to(email), to: [] });
  take({ from: { email, name: '' }, to: [], bcc: to('bob@example.com') });
  expect((await find({ to: wanted })).total).toBe(Number(isFound) + Number(wanted === '*'));
  expect((await find({ from: wanted })).total).toBe(Number(isFound) + Number(wanted === '*'));
});

it('all that fit are counted, the newest are given', async () => {
  const drafts = Array.from({ length: 2500 }, (_, n) => ({ customId: `order-${n % 2}` }));
  const taken = take(...drafts);
  const wanted = taken.filter((_, n) => n % 2 === 1).map(({ mailId }) => mailId);
  expect(await find({ customId: 'order-1' }, 3)).toEqual({
    ids: wanted.reverse().slice(0, 3),
    total: 1250,
  });
  expect((await find({ to: 'ann@*', from: '*@example.com' }, 3)).total).toBe(2500);
  expect((await find({}, 3)).total).toBe(2500);
});

it('a mail that was dropped or in the sandbox is found by what was told of it', async () => {
  take({});
  isStrict = true;
  const [{ mailId, recipients } = { mailId: 0n, recipients: [] }] = take({});
  const { messageId = 0n, messageUuid = '' } = recipients[0] ?? {};
  expect(messageId).toBeGreaterThan(0n);
  for (const query of [{ messageId: `${messageId}` }, { messageUuid }, { status: 'Dropped' }])
    expect(await find(query)).toEqual({ ids: [mailId], total: 1 });
  expect((await find({ messageId: '1' })).total).toBe(0);
  numbersSandbox = true;
  const [sandboxed] = take({ sandbox: true });
  const id = `${sandboxed?.recipients[0]?.messageId}`;
  expect((await find({ messageId: id })).ids).toEqual([sandboxed?.mailId]);
  expect((await find({ messageId: id, status: 'dropped' })).total).toBe(0);
});

it('IDs that lie far apart are no long way', async () => {
  take({}, {});
  account.db.exec(`UPDATE sqlite_sequence SET seq = ${2n ** 61n} WHERE name = 'mail'`);
  const [far] = take({});
  expect(await find({ text: '' })).toMatchObject({ total: 3 });
  expect((await find({ after: { id: 2n } })).ids).toEqual([far?.mailId]);
});

it('a search ends when the account becomes another', async () => {
  take(...Array.from({ length: 1500 }, () => ({})));
  const search = find({ to: '*' });
  registry.reset(account);
  expect(await search).toEqual({ ids: [], total: 0 });
});

it.each<[query: MailQuery, step: string]>([
  [{ customId: 'order-7' }, 'mail USING INDEX mail_customID (CustomID=?'],
  [{ requestGuid: 'guid-1' }, 'mail USING INDEX mail_requestGuid (requestGuid=?'],
  [{ messageId: '7' }, 'message USING INTEGER PRIMARY KEY (rowid=?)'],
  [{ messageUuid: 'uuid' }, 'message USING INDEX message_UUID (UUID=?)'],
  [{ messageUuid: 'uuid' }, 'mail USING INDEX mail_unsent'],
  [{ status: 'dropped' }, 'mail USING INDEX mail_unsent'],
  [{ status: 'sent' }, 'USING INDEX message_mail (mailID=?)'],
  [{ to: 'ann@*' }, 'mail USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
])('%j goes through an index and sorts nothing', async (query, step) => {
  take({ customId: 'order-7' });
  const texts: string[] = [];
  const { sql } = account;
  account.sql = (text) => {
    texts.push(text);
    return sql(text);
  };
  await find(query);
  const search = texts.find((text) => text.includes('CROSS JOIN')) ?? '';
  const nothing = Array.from(search.matchAll(/\?/g), () => null);
  const plan = account.db.prepare(`EXPLAIN QUERY PLAN ${search}`).all(...nothing) as {
    detail: string; // as SQLite documents it
  }[];
  const steps = plan.map(({ detail }) => detail).join('\n');
  expect(steps).toContain(step);
  expect(steps).not.toMatch(/SCAN (?!mail USING INDEX mail_unsent)|TEMP B-TREE/);
});
