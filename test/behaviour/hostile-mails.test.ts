import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/accounts/account.ts';
import { emptyDraft } from '../../src/mail/draft.ts';
import { newAccount, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

// Whatever the inbox is asked for or holds: an answer or a sentence, and nothing of a mail reaches beyond it.
let mock: Mock;
const failures: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => failures.push(line) });
beforeAll(async () => {
  mock = await startMock({ logger });
});
afterEach(() => expect(failures.splice(0)).toEqual([]));
afterAll(() => mock.close());

/** An account and what is kept of it. */
async function opened(): Promise<{ account: TestAccount; own: Account }> {
  const account = newAccount(mock);
  await account.call('GET', '/v3/REST/contact');
  const own = mock.registry.accounts().find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  if (own === undefined) throw new Error('there is no account');
  return { account, own };
}

const draft = {
  ...emptyDraft('smtp' as const),
  from: { email: 'shop@example.com', name: '' },
  to: [{ email: 'ann@example.com', name: '' }],
  subject: 'Hi',
};

describe('a search', () => {
  const names = [
    ...['to', 'from', 'subject', 'text', 'customId', 'campaign', 'templateId', 'messageId'],
    ...['messageUuid', 'requestGuid', 'status', 'header.X-Foo', 'after', 'limit', 'count', 'wait'],
    ...['header.__proto__', '__proto__', 'constructor', 'headers'],
  ];
  const texts: [string, string][] = [
    ['nothing', ''],
    ['SQL', `' OR 1=1; DROP TABLE mail; --`],
    ['a pattern of SQL', '%_%'],
    ['many stars', '*a'.repeat(150)],
    ['NUL', 'a\0b'],
    ['line breaks', 'a\r\nX-Evil: 1'],
    ['half a character', '\ud83d'],
    ['a number beyond all', '9'.repeat(300)],
    ['a negative number', '-1'],
    ['a regular expression', '(a+)+$'],
    ['text that is too long', 'x'.repeat(301)],
  ];

  it.each(texts)('by %s is answered or refused in words', async (_what, text) => {
    const { account, own } = await opened();
    mock.steering.mailroom.take(own, [{ ...draft, text: 'x'.repeat(1000) }], '');
    for (const name of names)
      for (const method of ['GET', 'DELETE']) {
        const path = `/mails?${name}=${encodeURIComponent(text.toWellFormed())}`;
        const { status, body } = await account.try(method, path);
        expect([200, 400, 408], `${method} ${path}: ${body}`).toContain(status);
        if (status !== 200) expect(JSON.parse(body).error).toMatch(/\w+ \w+/);
      }
    expect(own.sql('SELECT count(*) AS n FROM mail').get()).toMatchObject({ n: 1n });
  });
});

describe('a mail', () => {
  it('of control characters and halves of characters is shown whole', async () => {
    const { account, own } = await opened();
    const odd = 'a\0b\u001b[2J\r\n.\r\nc \ud83d d </script>';
    mock.steering.mailroom.take(
      own,
      [{ ...draft, subject: odd, text: odd, html: odd, headers: [{ name: 'X-Odd', value: odd }] }],
      '',
    );
    const { mails } = await account.control('GET', '/mails?subject=c%20&text=d%20&header.x-odd=a');
    expect(mails).toHaveLength(1);
    const { id } = mails[0];
    for (const part of ['html', 'text', 'raw']) {
      const answer = await account.try('GET', `/mails/${id}/${part}`);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-security-policy']).toContain('sandbox');
    }
    const raw = (await account.try('GET', `/mails/${id}/raw`)).body;
    expect(raw.split('\r\n\r\n', 1)[0]).not.toMatch(/^c /m);
  });

  it('that is large is searched, shown and taken apart; a list of such ends early', async () => {
    const { account, own } = await opened();
    const filler = '<p>Lorem ipsum</p>\n'.repeat(700_000);
    const large = { ...draft, html: `${filler}the needle` };
    for (let n = 0; n < 3; n += 1) mock.steering.mailroom.take(own, [large], '');
    const list = await account.try('GET', '/mails?text=NEEDLE');
    const { mails, total } = JSON.parse(list.body);
    expect([mails.length, total]).toEqual([2, 3]);
    const [{ id }] = mails;
    expect((await account.try('GET', `/mails/${id}/html`)).body.length).toBe(large.html.length);
    const raw = await account.try('GET', `/mails/${id}/raw`);
    expect(raw.body).toContain('the needle');
    const alone = await account.control('GET', '/mails?text=nowhere&wait=0').catch(String);
    expect(alone).toContain('text is ');
    expect(alone.length).toBeLessThan(2000);
  });

  it('of very many links and recipients is shown', async () => {
    const { account, own } = await opened();
    const many = Array.from({ length: 50 }, (_, n) => ({ email: `a${n}@example.com`, name: '' }));
    const html = '<a href="https://shop.example/?n=1">x'.repeat(100_000);
    mock.steering.mailroom.take(own, [{ ...draft, to: many, html }], '');
    const { mails } = await account.control('GET', '/mails?to=a49@*');
    expect(mails[0].links.length).toBeLessThanOrEqual(1000);
    expect(mails[0].recipients).toHaveLength(50);
  });
});
