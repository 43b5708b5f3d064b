import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
beforeEach(() => {
  account = newAccount(mock);
});

const call = (method: string, path: string, body?: unknown) =>
  account.call(method, `/v3/REST/eventcallbackurl${path}`, body);
const get = async (path: string) => rows(await call('GET', path));
const add = async (body: object) => {
  const answer = await call('POST', '', { Url: 'https://shop.example/events', ...body });
  expect(answer.status, answer.body).toBe(201);
  return rows(answer)[0];
};

describe('eventcallbackurl', () => {
  it('is answered as recorded', async () => {
    const answer = await call('POST', '', {
      EventType: 'click',
      Url: 'https://ann:secret@shop.example:8443/events?x=1',
      Version: 2,
    });
    const [{ APIKeyID, ID }] = rows(answer);
    expect([answer.status, answer.body]).toEqual([
      201,
      `{ "Count" : 1, "Data" : [{ "APIKeyID" : ${APIKeyID}, "EventType" : "click", "ID" : ${ID}, "IsBackup" : false, "Status" : "alive", "Url" : "https:\\/\\/ann:secret@shop.example:8443\\/events?x=1", "Version" : 2 }], "Total" : 1 }`,
    ]);
    expect((await get('?APIKey=1')).length).toBe(0);
    expect((await get(`?APIKey=${APIKeyID}`)).length).toBe(1);
  });

  it('takes what installers send', async () => {
    // PostHog's; n8n sends EventType and Url alone
    const posthog = { EventType: 'sent', Status: 'alive', IsBackup: false, Version: 1 };
    expect(await add(posthog)).toMatchObject(posthog);
    expect(await add({ EventType: 'Open' })).toMatchObject({
      EventType: 'open',
      IsBackup: false,
      Status: 'alive',
      Version: 1,
    });
  });

  it.each<[body: object, status: number, reason: string, info?: string]>([
    [
      { EventType: 'sent', Url: 'https://other.example/' },
      400,
      'MJ18 A EventCallbackURL resource with value "7|false" for EventType|Backup already exists.',
    ],
    [
      { EventType: 'sent', IsBackup: true, Url: 'https://other.example/' },
      400,
      'MJ18 A EventCallbackURL resource with value "7|true" for EventType|Backup already exists.',
    ],
    [
      { EventType: 'open' },
      400,
      'Object properties invalid',
      'MJ08 Property Url is invalid: MJ03 A non-empty value is required',
    ],
    [
      { EventType: 'open', Url: '' },
      400,
      'Object properties invalid',
      'MJ08 Property Url is invalid: MJ03 A non-empty value is required',
    ],
    [
      { EventType: 'open', Url: 'shop.example/events' },
      400,
      'Object properties invalid',
      'MJ08 Property Url is invalid: MJ08 Value is not a valid URL',
    ],
    [{ EventType: 'opened', Url: 'https://shop.example/' }, 400, 'Object properties invalid'],
    [
      { EventType: 'open', Url: 'https://s.example/', Version: 3 },
      400,
      'Object properties invalid',
    ],
    [
      { EventType: 'open', Url: 'https://s.example/', Hook: 1 },
      400,
      'Invalid json input: object ""->"TEventCallbackURL" has no property "Hook"',
    ],
  ])('%j is refused', async (body, status, reason, info) => {
    await add({ EventType: 'sent' });
    await add({ EventType: 'sent', IsBackup: true });
    const answer = await call('POST', '', body);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    if (info !== undefined) expect(JSON.parse(answer.body).ErrorInfo).toBe(info);
  });

  it('is found by its ID, and by type and backup', async () => {
    const row = await add({ EventType: 'sent' });
    const backup = await add({ EventType: 'sent', IsBackup: true });
    expect(await get(`/${row.ID}`)).toEqual([row]);
    expect(await get('/sent%7Cfalse')).toEqual([row]);
    expect(await get('/SENT%7Ctrue')).toEqual([backup]);
    expect((await call('GET', '/open%7Cfalse')).status).toBe(404);
  });

  it('is found by filters', async () => {
    const sent = (await add({ EventType: 'sent', Version: 2 })).ID;
    const open = (await add({ EventType: 'open', IsBackup: true, Status: 'dead' })).ID;
    const found = async (query: string) => (await get(`?${query}`)).map(({ ID }) => ID);
    expect(await found('EventType=sent')).toEqual([sent]);
    expect(await found('EventType=0')).toEqual([open]);
    expect(await found('Backup=true')).toEqual([open]);
    expect(await found('Status=alive')).toEqual([sent]);
    expect(await found('Status=0')).toEqual([open]);
    expect(await found('Version=2')).toEqual([sent]);
    expect(await found('Sort=ID')).toEqual([sent, open]);
  });

  it('is suspended, and revived by a new URL alone', async () => {
    const { ID } = await add({ EventType: 'sent', Status: 'dead' });
    const put = async (body: object) => rows(await call('PUT', `/${ID}`, body))[0];
    expect((await put({ Version: 2 })).Status).toBe('dead');
    expect(await put({ Url: 'https://shop.example/new' })).toMatchObject({
      Status: 'alive',
      Url: 'https://shop.example/new',
      Version: 2,
    });
    const row = (await get(`/${ID}`))[0];
    expect((await call('PUT', `/${ID}`, row)).status).toBe(304);
  });

  it('that was deleted makes room for another', async () => {
    const { ID } = await add({ EventType: 'sent' });
    expect((await call('DELETE', `/${ID}`)).status).toBe(204);
    expect((await call('GET', `/${ID}`)).status).toBe(404);
    await add({ EventType: 'sent' });
  });

  it('of another key is not seen', async () => {
    const { ID } = await add({ EventType: 'sent' });
    account = newAccount(mock);
    expect((await call('GET', `/${ID}`)).status).toBe(404);
    expect(await get('')).toEqual([]);
  });
});
