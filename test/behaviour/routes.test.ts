import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactHeaders } from '../support/exact-headers.ts';
import { freshAccount } from '../support/fresh-account.ts';
import { type Answer, type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const connection = 'close'; // as the client of these tests asks

describe('Without good credentials', () => {
  it.each([
    ['GET', '/v3/REST/contact', ''],
    ['POST', '/v3/REST/contact', ''],
    ['GET', '/v3/REST/nonsense', ''],
    ['GET', '/v3/DATA/contactslist/1/CSVData/text:plain', ''],
    ['GET', '/v3/rest/contact/', 'key:'],
    ['GET', '/v3/REST/contact', ':secret'],
    ['GET', '/v3/REST/contact', 'nocolon'],
  ])('%s %s of "%s" answers the empty 401 (recorded)', async (method, path, user) => {
    const answer = await mock.call(method, path, { user });
    expect([answer.status, answer.reason, answer.body]).toEqual([401, 'Unauthorized', '']);
    expect(exactHeaders(answer)).toEqual({
      'content-type': 'text/html',
      'transfer-encoding': 'chunked',
      'www-authenticate': 'Basic realm="Provide an apiKey and secretKey"',
      connection,
    });
  });

  it.each([
    ['DELETE', '/v4/contacts/1'],
    ['POST', '/v3.1/sends'],
    ['GET', '/v4/nonsense'],
  ])('%s %s answers the JSON 401 (recorded on v3.1)', async (method, path) => {
    const answer = await mock.call(method, path, { user: '' });
    expect([answer.status, answer.reason]).toEqual([401, 'Unauthorized']);
    const { guid } = newShape(answer);
    expect(answer.body).toBe(
      `{"ErrorIdentifier":"${guid}","StatusCode":401,"ErrorMessage":"API key authentication/authorization failure. You may be unauthorized to access the API or your API key may be expired. Visit API keys management section to check your keys."}`,
    );
  });

  it.each([
    ['POST', '/v4/sms-send', 'Bearer abc', 501],
    ['GET', '/v4/SMS/count', 'bearer abc', 501],
    ['GET', '/v4/sms', 'Basic abc', 401],
    ['GET', '/v4/contacts/1', 'Bearer abc', 401],
    ['POST', '/v3.1/send', 'Bearer abc', 401],
  ])('%s %s with "%s" answers %i', async (method, path, Authorization, status) => {
    const answer = await mock.call(method, path, { user: '', headers: { Authorization } });
    expect(answer.status).toBe(status);
    newShape(answer);
    if (status === 501)
      expect(answer.body).toContain(`Mockjet does not implement ${method} ${path} yet`);
  });

  it('a text message with a token is counted as a gap of the server', async () => {
    const headers = { Authorization: 'Bearer abc' };
    await mock.call('POST', '/v4/sms/export', { user: '', headers });
    const coverage = await mock.call('GET', '/_mockjet/coverage', { user: '' });
    expect(JSON.parse(coverage.body).gaps).toContainEqual({
      feature: 'POST /v4/sms/export',
      calls: 1,
    });
  });

  it('a known key with another secret is refused on both back ends', async () => {
    const known = 'a-known-key:secret';
    expect((await mock.call('GET', '/v3/REST/contact', { user: known })).status).toBe(200);
    const user = 'a-known-key:guess';
    expect((await mock.call('GET', '/v3/REST/contact', { user })).status).toBe(401);
    expect((await mock.call('DELETE', '/v4/contacts/1', { user })).status).toBe(401);
    expect((await mock.call('GET', '/v3/REST/contact', { user: known })).status).toBe(200);
  });

  it.each(['Bearer abc', 'Basic', 'Basic ???', 'Digest x', `Basic ${btoa('a\u0000b:c')}`])(
    'the header "%s" is none',
    async (Authorization) => {
      const answer = await mock.call('GET', '/v3/REST/contact', {
        user: '',
        headers: { Authorization },
      });
      expect(answer.status).toBe(401);
    },
  );
});

describe('The new back end', () => {
  it.each([
    ['DELETE', '/v4/contacts/ann', 400, 'Bad Request'],
    ['DELETE', '/v4/contacts/-1', 400, 'Bad Request'],
    ['GET', '/v4/contacts/1', 405, 'Method Not Allowed'],
    ['GET', '/v4/contact/1', 404, 'Not Found'],
    ['GET', '/v4/REST/contact/1', 404, 'Not Found'],
    ['POST', '/v3.1/sends', 501, 'Not Implemented'],
    ['GET', '/v3/REST/statistics', 501, 'Not Implemented'],
  ])('%s %s answers %i in its shape', async (method, path, status, reason) => {
    const answer = await freshAccount(mock).call(method, path);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    const { guid } = newShape(answer);
    expect(answer.body).toMatch(
      new RegExp(`^{"ErrorIdentifier":"${guid}","StatusCode":${status},"ErrorMessage":"[^"]+"}$`),
    );
  });

  it('names what is not built', async () => {
    const answer = await freshAccount(mock).call('POST', '/v3.1/sends');
    expect(JSON.parse(answer.body).ErrorMessage).toBe(
      'Mockjet does not implement POST /v3.1/sends yet',
    );
  });
});

function newShape(answer: Answer): { guid: string } {
  const { 'x-mj-request-guid': guid, ...rest } = exactHeaders(answer);
  expect(guid).toMatch(uuid);
  expect(rest).toEqual({
    'content-type': 'application/json; charset=UTF-8',
    'content-length': String(Buffer.byteLength(answer.body)),
    connection,
  });
  return { guid: String(guid) };
}

describe('A path of no back end', () => {
  it.each(['/v3/wrongresourcepath', '/v3/wrongresourcepath/1', '//V3/wrongresourcepath/'])(
    '%s is an unknown module (recorded)',
    async (path) => {
      const answer = await freshAccount(mock).call('GET', path);
      expect([answer.status, answer.reason]).toEqual([500, 'Internal error']);
      expect(answer.body).toBe(
        '{ "ErrorInfo" : "EFPWebError", "ErrorMessage" : "Could not determine HTTP module for request \\"wrongresourcepath\\"", "StatusCode" : 500 }\n',
      );
      expect(exactHeaders(answer)).toEqual({
        'content-type': 'application/json',
        'content-length': '138', // recorded
        connection,
      });
    },
  );

  it.each(['/v3.1/REST/contactslist', '/v3.1/rest/contactslist/1', '/v2/contact', '/'])(
    '%s is the page of nginx (recorded for the first)',
    async (path) => {
      const answer = await freshAccount(mock).call('GET', path);
      expect([answer.status, answer.reason]).toEqual([404, 'Not Found']);
      expect(answer.body).toBe(
        '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body bgcolor="white">\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
      );
      expect(exactHeaders(answer)).toEqual({
        'content-type': 'text/html',
        'content-length': '162', // recorded
        connection,
      });
    },
  );
});

describe('A verb that no resource has', () => {
  it.each(['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])('%s answers 405', async (method) => {
    const answer = await freshAccount(mock).call(method, 'contact');
    expect([answer.status, answer.reason]).toEqual([405, 'Method not allowed']);
    expect(exactHeaders(answer)).toEqual({
      'content-type': 'application/json',
      'content-length': '79',
      connection,
    });
    expect(answer.body).toBe(
      method === 'HEAD'
        ? ''
        : '{ "ErrorInfo" : "", "ErrorMessage" : "Method not allowed", "StatusCode" : 405 }',
    );
  });
});

describe('A path that is hard to read', () => {
  it.each([
    ['contact/%zz', 400],
    ['contact/%', 400],
    ['contact/a%40%c3%28', 400], // a part with a bad escape stays as it is, so no at sign (assumed)
    ['contact/%00', 400],
    ['contact/%ff@example.com', 404],
    [`contact/${'a'.repeat(100_000)}`, 400],
    [`contact/${'a'.repeat(100_000)}@example.com`, 400],
    [`contact/${'9'.repeat(100_000)}`, 404],
    [`contactslist/${'a'.repeat(100_000)}`, 404],
    ['contact/ann%2Flee@example.com', 404],
    ['contact/%2e%2e', 400],
  ] as const)('row %# answers in JSON', async (path, status) => {
    const answer = await freshAccount(mock).get(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/json']);
    expect(Object.keys(JSON.parse(answer.body))).toEqual([
      'ErrorInfo',
      'ErrorMessage',
      'StatusCode',
    ]);
  });
});
