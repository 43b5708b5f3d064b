import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulk, idOf, rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe('each method on a member, an unsubscribed one, and one who is unknown', () => {
  const cases: [method: string, members: string[]][] = [
    ['addforce', ['member@example.com', 'left@example.com', 'new@example.com']],
    ['addnoforce', ['member@example.com', '!left@example.com', 'new@example.com']],
    ['remove', []],
    ['unsub', ['!member@example.com', '!left@example.com', '!new@example.com']],
  ];
  it.each(cases)('documented: %s', async (method, members) => {
    const here = bulk(mock, `method-${method}`);
    const list = await here.list('Newsletter');
    for (const [Email, Action] of [
      ['member@example.com', 'addnoforce'],
      ['left@example.com', 'unsub'],
    ])
      await here.call('POST', `/v3/REST/contactslist/${list}/managecontact`, {
        body: { Email, Action },
      });
    const job = await here.import(
      'email,age\nmember@example.com,1\nleft@example.com,2\nnew@example.com,3\n',
      { list, method },
    );
    expect(await here.get(`csvimport/${job}`)).toMatchObject({
      Status: 'Completed',
      Count: 3,
      Errcount: 0,
      Method: method,
    });
    expect(await here.members(list)).toEqual(members);
    const found = await here.call('GET', '/v3/REST/contact/new@example.com');
    expect(found.status).toBe(method === 'remove' ? 404 : 200);
  });

  it('documented: excludemarketing and includemarketing are global and read addresses alone', async () => {
    const here = bulk(mock, 'method-marketing');
    const csv = 'email,age\nann.lee@example.com,1\nnew@example.com,2\n';
    await here.call('POST', '/v3/REST/contact', { body: { Email: 'ann.lee@example.com' } });
    const excluded = async () =>
      rowsOf(await here.call('GET', '/v3/REST/contact?IsExcludedFromCampaigns=true')).map(
        (row) => row.Email,
      );
    await here.import(csv, { method: 'excludemarketing' });
    expect(await excluded()).toEqual(['ann.lee@example.com', 'new@example.com']);
    await here.import('email\nann.lee@example.com\n', { method: 'includemarketing' });
    expect(await excluded()).toEqual(['new@example.com']);
    expect(await here.values('new@example.com')).toEqual({});
    expect(rowsOf(await here.call('GET', '/v3/REST/contactmetadata'))).toHaveLength(4);
  });
});

describe('a csvimport that is refused', () => {
  const global =
    'MJ08 Property ContactsList is invalid: Exclusion of contacts from marketing campaign is a global status and can not be applied to a list';
  const methods =
    'MJ08 Property Method is invalid: MJ09 Value is not in list of allowed values: (addforce, addnoforce, remove, unsub, excludemarketing, includemarketing)';
  const noList = 'MJ08 Property ContactsList is invalid: MJ03 A non-empty value is required';
  const noData = 'MJ08 Property DataID is invalid: MJ03 A non-empty value is required';
  const cases: [name: string, change: Record<string, unknown>, info: string][] = [
    ['documented: marketing with a list', { Method: 'excludemarketing' }, global],
    ['documented: marketing with a list', { Method: 'includemarketing' }, global],
    ['no such list', { ContactsListID: 4 }, noList],
    ['no list', { ContactsListID: undefined }, noList],
    ['no such upload', { DataID: 4 }, noData],
    ['no upload', { DataID: undefined }, noData],
    ['no method', { Method: undefined }, methods],
    ['an unknown method', { Method: 'addgently' }, methods],
    ['the method Unknown', { Method: 'Unknown' }, methods],
  ];
  it.each(cases)('%s %j', async (_name, change, ErrorInfo) => {
    const here = bulk(mock, 'refused');
    const list = idOf(await here.call('GET', '/v3/REST/contactslist'));
    const DataID = await here.upload(list, 'email\nann.lee@example.com\n');
    const body = { ContactsListID: list, DataID, Method: 'addforce', ...change };
    const answer = await here.call('POST', '/v3/REST/csvimport', { body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      ErrorInfo,
      ErrorMessage: 'Object properties invalid',
      StatusCode: 400,
    });
    expect(rowsOf(await here.call('GET', '/v3/REST/csvimport'))).toEqual([]);
  });

  it.each(['Completed', 'Aborted', 'Abort'])(
    'reported: a POST with the Status %s',
    async (Status) => {
      const answer = await bulk(mock, 'refused').call('POST', '/v3/REST/csvimport', {
        body: { ContactsListID: 1, DataID: 1, Method: 'addforce', Status },
      });
      expect(answer.status).toBe(400);
      expect(answer.reason).toBe(
        `Invalid value for Status: "${Status}". Status can only be set to Upload`,
      );
    },
  );
});

describe('the end of an import', () => {
  const csv = 'email,age\na@example.com,1\nb\nc\nd@example.com,4\ne\nf@example.com,6\n';
  it.each([
    [0, 'Completed', 6, 6, 3, ['a@example.com', 'd@example.com', 'f@example.com']],
    [3, 'Completed', 6, 6, 3, ['a@example.com', 'd@example.com', 'f@example.com']],
    [2, 'Abort', 6, 5, 3, ['a@example.com', 'd@example.com']],
    [1, 'Abort', 6, 3, 2, ['a@example.com']],
  ])(
    'assumed: with an ErrTreshold of %i it is %s',
    async (errTreshold, Status, Count, Current, Errcount, members) => {
      const here = bulk(mock, `treshold-${errTreshold}`);
      const list = await here.list('Newsletter');
      const job = await here.import(csv, { list, errTreshold });
      expect(await here.get(`csvimport/${job}`)).toMatchObject({
        ErrTreshold: errTreshold,
        Status,
        Count,
        Current,
        Errcount,
      });
      expect(await here.members(list)).toEqual(members);
      expect((await here.errorFile(job)).split('\n')).toHaveLength(Errcount + 2);
    },
  );

  it.each(['csvimport', 'batchjob'])(
    'PUT %s {"Status":"Abort"} cancels, once',
    async (resource) => {
      const here = bulk(mock, `abort-${resource}`);
      const list = idOf(await here.call('GET', '/v3/REST/contactslist'));
      here.pace('held');
      const job = await here.import('email\nann.lee@example.com\n', { list });
      const path = `/v3/REST/${resource}/${job}`;
      const put = (body: unknown) => here.call('PUT', path, { body });

      for (const Status of ['Completed', 'Aborted', 'Importing']) {
        const refused = await put({ Status });
        expect([refused.status, refused.reason]).toEqual([
          400,
          `Invalid value for Status: "${Status}". Status can only be set to Upload`,
        ]);
      }
      expect((await put({})).status).toBe(304);
      const aborted = await put({ Status: 'abort' });
      expect(aborted.status).toBe(200);
      expect(rowsOf(aborted)[0]).toMatchObject({ Status: 'Abort', ID: job, Current: 0 });
      expect(await here.get(`csvimport/${job}`)).toMatchObject({
        Status: 'Abort',
        JobStart: '',
        JobEnd: expect.stringMatching(/Z$/),
      });
      expect((await put({ Status: 'Abort' })).status).toBe(304);
      expect(await here.members(list)).toEqual(['owner@example.com']);
    },
  );

  it('assumed: a finished import cannot be aborted, and answers 304', async () => {
    const here = bulk(mock, 'abort-late');
    const list = idOf(await here.call('GET', '/v3/REST/contactslist'));
    const job = await here.import('email\nann.lee@example.com\n', { list });
    const answer = await here.call('PUT', `/v3/REST/csvimport/${job}`, {
      body: { Status: 'Abort' },
    });
    expect(answer).toMatchObject({ status: 304, body: '' });
    expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: 'Completed' });
  });
});
