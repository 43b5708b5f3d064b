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

const call = async (method: string, path: string, body?: unknown) => {
  const answer = await account.call(method, `/v3/REST/${path}`, body);
  return { status: answer.status, reason: answer.reason, body: answer.body };
};
const get = async (path: string) => rows(await account.call('GET', `/v3/REST/${path}`));
const add = async (Email: string, more: object = {}) =>
  rows(await account.call('POST', '/v3/REST/sender', { Email, ...more }))[0];
const errorInfo = (status: number, message: string, info = '') => ({
  status,
  reason: message,
  body: `{ "ErrorInfo" : "${info}", "ErrorMessage" : ${JSON.stringify(message)}, "StatusCode" : ${status} }`,
});

describe('sender', () => {
  it('a new account has its owner as the default sender', async () => {
    const [row, ...more] = await get('sender?Limit=1');
    expect(more).toEqual([]);
    expect(Object.keys(row)).toEqual(
      'CreatedAt DNSID Email EmailType Filename ID IsDefaultSender Name Status'.split(' '),
    );
    expect(row).toMatchObject({
      Email: 'owner@example.com',
      EmailType: 'unknown',
      Filename: '',
      IsDefaultSender: true,
      Name: 'Default',
      Status: 'Active',
    });
    expect((await get(`dns/${row.DNSID}`))[0].Domain).toBe('example.com');
  });

  it('is inactive until it is validated, and its address is taken before and after', async () => {
    const { status, body } = await call('POST', 'sender', {
      Email: 'ann@books.example',
      Name: 'Ann',
    });
    const [row] = JSON.parse(body).Data;
    expect([
      status,
      row.Status,
      row.Name,
      row.EmailType,
      row.Filename,
      row.IsDefaultSender,
    ]).toEqual([201, 'Inactive', 'Ann', 'unknown', '', false]);
    expect(await call('POST', 'sender', { Email: 'Ann@books.example' })).toEqual(
      errorInfo(
        400,
        'There is an already existing inactive sender with the same email. You can use "validate" action in order to activate it.',
      ),
    );
    expect(await call('PUT', `sender/${row.ID}/validate`, {})).toEqual(
      errorInfo(404, 'Object not found'),
    );
    expect(await call('GET', `sender/${row.ID}/validate`)).toEqual(
      errorInfo(405, 'Method not allowed'),
    );
    expect(await call('POST', `sender/${row.ID}/validate`, {})).toEqual({
      status: 200,
      reason: 'OK',
      body: '{ "ValidationMethod" : "ActivationEmail", "Errors" : { "FileValidationError" : "", "DNSValidationError" : "" }, "GlobalError" : "" }',
    });
    expect((await get('sender/ann@books.example'))[0].Status).toBe('Active');
    expect((await call('POST', 'sender/ann@books.example/validate', {})).status).toBe(400);
    expect(await call('POST', 'sender', { Email: 'ann@books.example' })).toEqual(
      errorInfo(
        400,
        'MJ18 A Sender resource with value "ann@books.example" for Email already exists.',
      ),
    );
  });

  it('of a domain that is validated is active at once', async () => {
    const domain = await add('*@books.example');
    const [{ OwnerShipToken }] = await get('dns/books.example');
    expect([domain.Status, domain.Filename]).toEqual(['Inactive', `${OwnerShipToken}.txt`]);
    expect((await add('early@books.example')).Status).toBe('Inactive');
    const { body } = await call('POST', `sender/${domain.ID}/validate`, {});
    expect(JSON.parse(body).ValidationMethod).toBe('DNS');
    const late = await add('late@books.example');
    expect([late.Status, late.DNSID]).toEqual(['Active', domain.DNSID]);
    expect((await add('late@shop.books.example')).Status).toBe('Inactive');
  });

  it.each<
    [what: string, method: string, path: string, body: object, status: number, message: string]
  >([
    ['without an address', 'POST', 'sender', {}, 400, 'Object properties invalid'],
    [
      'with no address',
      'POST',
      'sender',
      { Email: 'ann' },
      400,
      'Internal error: Invalid email address "ann", reason: "No @ character in mail"',
    ],
    [
      'of a type that is none',
      'POST',
      'sender',
      { Email: 'a@b.example', EmailType: 'x' },
      400,
      'Object properties invalid',
    ],
    [
      'made active',
      'PUT',
      'sender/{id}',
      { Status: 'Active' },
      401,
      'Internal error: MJ19 Setting a value for property "Status" is not allowed',
    ],
    [
      'with another address',
      'PUT',
      'sender/{id}',
      { Email: 'bob@books.example' },
      401,
      'Internal error: MJ19 Setting a value for property "Email" is not allowed',
    ],
    ['that is not there', 'PUT', 'sender/1', { Name: 'x' }, 404, 'Object not found'],
    ['without an ID', 'PUT', 'sender', { Name: 'x' }, 404, 'Object not found'],
  ])('%s is refused', async (_what, method, path, body, status, message) => {
    const { ID } = await add('ann@books.example');
    const answer = await call(method, path.replace('{id}', String(ID)), body);
    expect([answer.status, answer.reason]).toEqual([status, message]);
  });

  it('is changed by PUT, which takes a whole row back', async () => {
    const row = await add('ann@books.example');
    expect((await call('PUT', `sender/${row.ID}`, row)).status).toBe(304);
    const { status, body } = await call('PUT', 'sender/ann@books.example', {
      ...row,
      EmailType: 'bulk',
      IsDefaultSender: true,
      Name: 'Ann of Books',
    });
    expect([status, JSON.parse(body).Data[0]]).toEqual([
      200,
      { ...row, EmailType: 'bulk', IsDefaultSender: true, Name: 'Ann of Books' },
    ]);
    const defaults = (await get('sender')).filter(
      ({ IsDefaultSender }: { IsDefaultSender: boolean }) => IsDefaultSender,
    );
    expect(defaults.map(({ Email }) => Email)).toEqual(['ann@books.example']);
  });

  it('that was deleted is hidden and keeps its address', async () => {
    const { ID } = await add('ann@books.example');
    expect((await call('DELETE', `sender/${ID}`)).status).toBe(204);
    const emails = async (query = '') => (await get(`sender${query}`)).map(({ Email }) => Email);
    expect(await emails()).toEqual(['owner@example.com']);
    expect(await emails('?ShowDeleted=true')).toEqual(['owner@example.com', 'ann@books.example']);
    expect((await call('POST', 'sender', { Email: 'ann@books.example' })).reason).toBe(
      'MJ18 A Sender resource with value "ann@books.example" for Email already exists.',
    );
    expect((await call('POST', `sender/${ID}/validate`, {})).status).toBe(404);
  });

  it('is found by filters', async () => {
    const ann = await add('ann@books.example');
    const domain = await add('*@books.example');
    await call('POST', `sender/${domain.ID}/validate`, {});
    const found = async (query: string) => (await get(`sender?${query}`)).map(({ ID }) => ID);
    expect(await found('Domain=books.example')).toEqual([ann.ID, domain.ID]);
    expect(await found('LocalPart=ann')).toEqual([ann.ID]);
    expect(await found('IsDomainSender=true')).toEqual([domain.ID]);
    expect(await found('Status=Inactive')).toEqual([ann.ID]);
    expect(await found('Email=ANN@books.example')).toEqual([ann.ID]);
    expect(await found(`DnsID=${ann.DNSID}`)).toEqual([ann.ID, domain.ID]);
    expect(await found('Sort=ID+DESC&Limit=1')).toEqual([domain.ID]);
  });
});

describe('dns', () => {
  it('is one for each domain, shaped as recorded', async () => {
    await add('ann@books.example');
    await add('bob@Books.Example');
    const [example, books, ...more] = await get('dns');
    expect([example.Domain, books.Domain, more]).toEqual(['example.com', 'books.example', []]);
    expect(books).toEqual({
      DKIMRecordName: 'mailjet._domainkey.books.example.',
      DKIMRecordValue: expect.stringMatching(
        /^k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ[A-Za-z0-9+/]{172}IDAQAB$/,
      ),
      DKIMStatus: 'Not Checked',
      Domain: 'books.example',
      ID: expect.any(Number),
      IsCheckInProgress: false,
      LastCheckAt: '',
      OwnerShipToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      OwnerShipTokenRecordName: `mailjet._${books.OwnerShipToken.slice(0, 8)}.books.example.`,
      SPFRecordValue: 'v=spf1 include:spf.mailjet.com ?all',
      SPFStatus: 'Not Checked',
    });
  });

  it('is checked, and found right', async () => {
    await add('ann@books.example');
    const { status, body } = await call('POST', 'dns/books.example/check', {});
    const [{ DKIMRecordValue, ID }] = await get('dns/books.example');
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        Count: 1,
        Data: [
          {
            DKIMErrors: [],
            DKIMRecordCurrentValue: DKIMRecordValue,
            DKIMStatus: 'OK',
            SPFErrors: [],
            SPFRecordsCurrentValues: ['v=spf1 include:spf.mailjet.com ?all'],
            SPFStatus: 'OK',
          },
        ],
        Total: 1,
      },
    ]);
    const [row] = await get(`dns/${ID}`);
    expect([row.DKIMStatus, row.SPFStatus, row.LastCheckAt]).toEqual([
      'OK',
      'OK',
      expect.stringMatching(/Z$/),
    ]);
    const domains = async (query: string) =>
      (await get(`dns?${query}`)).map(({ Domain }) => Domain);
    expect(await domains('MinLastCheckAt=2000-01-01T00:00:00Z')).toEqual(['books.example']);
    expect(await domains('MaxLastCheckAt=2000-01-01T00:00:00Z')).toEqual([]);
    expect(await domains('IsSenderIdentified=true')).toEqual(['example.com']);
    expect(await domains('IsCheckInProgress=true')).toEqual([]);
    expect(await domains('IsYahooFBL=false')).toEqual(['example.com', 'books.example']);
    expect((await call('GET', 'dns?SPFStatus=1')).status).toBe(501);
    expect((await call('POST', 'dns', { Domain: 'x.example' })).status).toBe(401);
  });
});

describe('metasender', () => {
  it('is made and changed by a master key', async () => {
    const made = await call('POST', 'metasender', {
      Email: 'info@books.example',
      Description: 'Promotions',
    });
    const [row] = JSON.parse(made.body).Data;
    const [{ OwnerShipToken, ID: domain }] = await get('dns/books.example');
    expect([made.status, row]).toEqual([
      201,
      {
        CreatedAt: expect.any(String),
        Description: 'Promotions',
        Email: 'info@books.example',
        Filename: `${OwnerShipToken}.txt`,
        ID: expect.any(Number),
        IsEnabled: false,
      },
    ]);
    expect((await call('POST', 'metasender', { Email: 'info@books.example' })).reason).toBe(
      'MJ18 A MetaSender resource with value "info@books.example" for Email already exists.',
    );
    expect(await get(`metasender?DNS=${domain}`)).toEqual([row]);
    expect(await get('metasender?DNS=1')).toEqual([]);
    const put = await call('PUT', 'metasender/info@books.example', { IsEnabled: true });
    expect(JSON.parse(put.body).Data).toEqual([{ ...row, IsEnabled: true }]);
    expect((await call('DELETE', `metasender/${row.ID}`)).status).toBe(401);
  });

  it('is not for a key that another one made', async () => {
    const [made] = rows(await account.call('POST', '/v3/REST/apikey', { Name: 'Branch' }));
    const answer = await mock.call('POST', '/v3/REST/metasender', {
      user: `${made.APIKey}:${made.SecretKey}`,
      body: { Email: 'info@books.example' },
    });
    expect(answer.status).toBe(401);
  });
});

it('a seed has senders', async () => {
  const senders = [
    { email: '*@books.example' },
    { email: 'ann@shop.example', name: 'Ann', status: 'Inactive' },
    { email: 'owner@example.com', name: 'Owner', isDefault: false },
    { email: 'desk@books.example', isDefault: true },
  ];
  await account.control('POST', '/seed', { senders });
  await account.control('POST', '/seed', { senders });
  expect(
    (await get('sender')).map(({ Email, Name, Status, IsDefaultSender }) => [
      Email,
      Name,
      Status,
      IsDefaultSender,
    ]),
  ).toEqual([
    ['owner@example.com', 'Owner', 'Active', false],
    ['*@books.example', '', 'Active', false],
    ['ann@shop.example', 'Ann', 'Inactive', false],
    ['desk@books.example', '', 'Active', true],
  ]);
  const answer = await account.try('POST', '/seed', { body: { senders: [{ email: 'ann' }] } });
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('senders')]);
});
