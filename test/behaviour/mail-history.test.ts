import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
beforeEach(async () => {
  account = newAccount(mock);
  await account.control('POST', '/clock/freeze', { at: '2026-03-11T12:00:00Z' });
});

const get = async (path: string) => rows(await account.call('GET', `/v3/REST/${path}`));
const sendTo = (email: string, more: object = {}) =>
  account.call('POST', '/v3.1/send', send(message({ To: [{ Email: email }], ...more })));

describe('filters by what was sent', () => {
  /** Ann opened and clicked the first mail, Bob bounced, Carol was blocked last, Dave got nothing. */
  beforeEach(async () => {
    await account.control('POST', '/seed', {
      lists: [{ name: 'Readers' }],
      contacts: [
        'click+ann@mockjet.test',
        'hardbounce+bob@mockjet.test',
        'carol@example.com',
        'dave@example.com',
      ].map((email) => ({ email, lists: ['Readers'] })),
    });
    const CustomCampaign = 'spring';
    await sendTo('click+ann@mockjet.test', { CustomCampaign });
    await sendTo('click+ann@mockjet.test', { CustomCampaign });
    await sendTo('hardbounce+bob@mockjet.test', { CustomCampaign });
    await sendTo('carol@example.com');
    await account.control('POST', '/outcomes', { to: 'carol@example.com', outcome: 'blocked' });
    await sendTo('carol@example.com');
  });

  const names = (found: { Email: string }[]) =>
    found.map(({ Email }) => /(\w+)@/.exec(Email)?.[1]).join(' ');

  it.each([
    ['Status=clicked', 'ann'],
    ['Status=4', 'ann'],
    ['Status=bounce', 'bob'],
    ['Status=hardbounced', 'bob'],
    ['Status=blocked', 'carol'],
    ['Status=Blocked,clicked', 'ann carol'],
    ['Status=sent', ''],
    ['Campaign={spring}', 'ann bob'],
    ['Campaign={spring}&Status=clicked', 'ann'],
    ['Campaign=1', ''],
    ['Campaign=0', ''],
  ])('contact?%s', async (query, expected) => {
    const [{ ID }] = await get('campaign');
    const filter = query.replace('{spring}', String(ID));
    expect(names(await get(`contact?${filter}`))).toBe(expected);
    const data = (await get(`contactdata?${filter}`)).map(({ ID }) => ID);
    expect(data).toEqual((await get(`contact?${filter}`)).map(({ ID }) => ID));
    const { body } = await account.call('GET', `/v3/REST/contact?countOnly=1&${filter}`);
    expect(JSON.parse(body).Total).toBe(data.length);
  });

  it.each([
    ['Opened=true', 'ann'],
    ['Opened=false', 'bob carol dave'],
    ['Blocked=true', 'carol'],
    ['Blocked=false', 'ann bob dave'],
    ['Status=hardbounced', 'bob'],
    ['Status=all', 'ann bob carol dave'],
  ])('listrecipient?%s', async (query, expected) => {
    const emails = new Map((await get('contact?Limit=100')).map(({ ID, Email }) => [ID, Email]));
    const found = await get(`listrecipient?${query}&IgnoreDeleted=true`);
    const readers = found.filter(({ ListName }) => ListName === 'Readers');
    expect(names(readers.map(({ ContactID }) => ({ Email: emails.get(ContactID) })))).toBe(
      expected,
    );
  });

  it.each(['contact', 'contactdata', 'listrecipient'])(
    '%s by a status of another kind is a gap',
    async (resource) => {
      const answer = await account.call('GET', `/v3/REST/${resource}?Status=unactive`);
      expect([answer.status, answer.body]).toEqual([501, expect.stringContaining('unactive')]);
    },
  );

  it('a segment asks who opened and clicked, also when the messages are gone', async () => {
    const [{ ID }] = rows(
      await account.call('POST', '/v3/REST/contactfilter', {
        Name: 'Clickers',
        Expression: 'HasOpenedSince(7) and hasclickedsince(7)',
      }),
    );
    const segment = async () =>
      (await account.control('GET', `/segments/${ID}/contacts`)).contacts.map(
        ({ email }: { email: string }) => email,
      );
    expect(await segment()).toEqual(['click+ann@mockjet.test']);
    mock.registry
      .accounts()
      .find(({ apiKey }) => account.user.startsWith(`${apiKey}:`))
      ?.db.exec('DELETE FROM message');
    expect(await segment()).toEqual(['click+ann@mockjet.test']);
    await account.control('POST', '/clock/advance', { by: '8d' });
    expect(await segment()).toEqual([]);
  });
});

describe('campaigns by their time', () => {
  // the clock stands at 2026-03-11, a Wednesday
  beforeEach(async () => {
    for (const [at, CustomCampaign] of [
      ['2025-12-31T23:59:59Z', 'last year'],
      ['2026-01-01T00:00:00Z', 'year'],
      ['2026-03-01T00:00:00Z', 'month'],
      ['2026-03-08T23:59:59Z', 'sunday'],
      ['2026-03-09T00:00:00Z', 'monday'],
      ['2026-03-11T00:00:00Z', 'today'],
    ]) {
      await account.control('POST', '/clock/freeze', { at });
      await sendTo('ann@example.com', { CustomCampaign });
    }
    await account.control('POST', '/clock/freeze', { at: '2026-03-11T12:00:00Z' });
  });

  it.each([
    ['', 'today'],
    ['?Period=Day', 'today'],
    ['?Period=Week', 'monday today'],
    ['?Period=month', 'month sunday monday today'],
    ['?Period=Year', 'year month sunday monday today'],
    ['?FromTS=2026-03-08T00:00:00Z', 'sunday monday today'],
    ['?ToTS=2026-01-01T00:00:00Z', 'last year year'],
    ['?CustomCampaign=month', 'month'],
    ['?IsStarred=false', 'today'],
  ])('campaign%s', async (query, expected) => {
    expect((await get(`campaign${query}`)).map(({ CustomValue }) => CustomValue).join(' ')).toBe(
      expected,
    );
  });

  it('a period that is none is refused', async () => {
    const answer = await account.call('GET', '/v3/REST/campaign?Period=Decade');
    expect([answer.status, answer.reason]).toEqual([
      400,
      'Unexpected error during GET: "Decade" is not a valid period',
    ]);
  });

  it('messageinformation has the periods too', async () => {
    expect(await get('messageinformation?Limit=100')).toHaveLength(6);
    expect(await get('messageinformation?Period=Week')).toHaveLength(2);
  });
});

describe('message/export', () => {
  const fileOf = async (parameters?: object) => {
    const made = await account.call('POST', '/v3/REST/message/export', parameters);
    expect(made.status, made.body).toBe(201);
    const { JobId } = rows(made)[0];
    const job = rows(await account.call('GET', `/v3/REST/message/export/${JobId}`))[0];
    expect([job.JobId, job.Status, job.Count]).toEqual([JobId, 'Completed', expect.any(Number)]);
    return (await account.call('GET', `/v3/DATA/batchjob/${JobId}/CSVData/text:csv`)).body;
  };

  it('writes a line for each message, oldest first', async () => {
    await sendTo('ann@example.com', { Subject: 'Hello, "Ann"', CustomID: 'order-7' });
    await sendTo('hardbounce@mockjet.test', { Subject: 'Hello' });
    const csv = await fileOf({
      FieldNames: [
        'ContactAlt',
        'Subject',
        'CustomID',
        'Status',
        'State',
        'StatePermanent',
        'arrivedat',
      ],
    });
    expect(csv).toBe(
      'ContactAlt,Subject,CustomID,Status,State,StatePermanent,arrivedat\n' +
        'ann@example.com,"Hello, ""Ann""",order-7,sent,,false,2026-03-11T12:00:00Z\n' +
        'hardbounce@mockjet.test,Hello,,hardbounced,user unknown,true,2026-03-11T12:00:00Z\n',
    );
  });

  it('without parameters it has what the resource shows', async () => {
    const sent = await sendTo('ann@example.com');
    const [id] = /\d{17,19}/.exec(sent.body) ?? [];
    const [head = '', line = ''] = (await fileOf()).split('\n');
    const columns = head.split(',');
    const values = new Map(line.split(',').map((value, index) => [columns[index], value]));
    expect(values.get('ID')).toBe(id);
    const [row] = await get(`message/${id}`);
    expect(Object.keys(row).filter((name) => !columns.includes(name))).toEqual([
      'Delay',
      'FilterTime',
      'IsUnsubTracked',
      'SpamassassinScore',
      'SpamassRules',
    ]);
    expect(values.get('UUID')).toBe(row.UUID);
  });

  it('goes on over many slices, each message once', async () => {
    const To = Array.from({ length: 50 }, (_, n) => ({ Email: `reader${n}@example.com` }));
    for (let n = 0; n < 4; n += 1) await account.call('POST', '/v3.1/send', send(message({ To })));
    const lines = (await fileOf({ FieldNames: 'ID', Headers: 'false' })).trimEnd().split('\n');
    expect([lines.length, new Set(lines).size]).toEqual([200, 200]);
  });

  it.each([
    ['a list', { ListId: 1 }, 501],
    ['another format', { ExportFormat: 'xls' }, 501],
    ['an unknown column', { FieldNames: 'firstname' }, 400],
  ])('%s is refused', async (_what, parameters, status) => {
    const answer = await account.call('POST', '/v3/REST/message/export', parameters);
    expect(answer.status).toBe(status);
  });

  it('is no job of another export', async () => {
    const made = await account.call('POST', '/v3/REST/message/export', {});
    const { JobId } = rows(made)[0];
    expect((await account.call('GET', `/v3/REST/contact/export/${JobId}`)).status).toBe(404);
  });
});
