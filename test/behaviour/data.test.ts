import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk, idOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let small: Mock;
beforeAll(async () => {
  mock = await startMock();
  small = await startMock({ bodyLimit: 1024 * 1024 });
});
afterAll(async () => {
  await mock.close();
  await small.close();
});

const csv = Buffer.from('"email","town"\r\n"ann.lee@example.com",K\xf6ln\n\0', 'latin1');
const ownList = async (here: Bulk) => idOf(await here.call('GET', '/v3/REST/contactslist'));
const post = (here: Bulk, path: string, body: string | Buffer, type = 'text/plain') =>
  here.call('POST', `/v3/DATA/${path}`, {
    body,
    headers: { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) },
  });
/** What an account keeps of uploads. */
const kept = (here: Bulk) =>
  here.account
    .sql('SELECT (SELECT count(*) FROM data) AS files, (SELECT count(*) FROM chunk) AS chunks')
    .get();

describe('an upload', () => {
  it('recorded: answers 200 with a bare ID', async () => {
    const here = bulk(mock, 'bare');
    const answer = await post(here, `contactslist/${await ownList(here)}/CSVData/text:plain`, csv);
    expect([answer.status, answer.reason]).toEqual([200, 'OK']);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toMatch(/^\{ "ID" : \d{7} \}$/);
    expect(answer.headers['content-length']).toBe('18'); // recorded
  });

  const paths: [segments: string, type: string][] = [
    ['CSVData/text:plain', 'text/plain'],
    ['csvdata/text%3Aplain', 'text/plain'],
    ['CSVDATA/Text:Plain', 'text/plain'],
    ['csvdata/text:plain', 'Text/PLAIN'],
    ['CSVData/text:plain', 'text/plain; charset=utf-8'], // assumed: parameters do not count
    ['CSVData/text:csv', 'text/csv'],
    ['CSVData/application:octet-stream', 'application/octet-stream'], // a production client
  ];
  it.each(paths)('to %s as %s can be fetched byte for byte', async (segments, type) => {
    const here = bulk(mock, `paths ${segments} ${type}`);
    const path = `contactslist/${await ownList(here)}/${segments}`;
    expect((await post(here, path, csv, type)).status).toBe(200);
    const got = await here.download(path);
    expect(got.status).toBe(200);
    expect(got.type).toBe(type.split(';')[0]?.toLowerCase());
    expect(got.bytes.equals(csv)).toBe(true);
  });

  it('is found by a GET when it is the newest of its list', async () => {
    const here = bulk(mock, 'newest');
    const path = `contactslist/${await ownList(here)}/CSVData/text:plain`;
    for (const text of ['first', 'second', '']) {
      await post(here, path, text);
      for (const last of ['', '/LAST'])
        expect((await here.download(`${path}${last}`)).bytes.toString()).toBe(text);
    }
  });

  it.each([
    ['text:plain', 'application/json', 'application/json', 'text/plain'],
    ['text:csv', 'text/plain', 'text/plain', 'text/csv'],
    ['', 'text/plain', 'text/plain', ''],
    ['text:plain', '', '', 'text/plain'],
  ])('reported: to "%s" as "%s" is refused', async (segment, type, given, url) => {
    const here = bulk(mock, 'mismatch');
    const list = await ownList(here);
    const path = `/v3/DATA/contactslist/${list}/CSVData/${segment}`;
    const request = openUpload(mock, 'mismatch', path, { 'Content-Type': type || 'none' });
    if (type === '') request.removeHeader('Content-Type');
    const coming = answerOf(request);
    request.end('x');
    const answer = await coming;
    const message = `Data Content type "${given}" does not match URL content type "${url}".`;
    expect([answer.status, answer.reason]).toEqual([400, message]);
    expect(answer.type).toBe('application/json');
    expect(JSON.parse(answer.body)).toEqual({
      ErrorInfo: '',
      ErrorMessage: message,
      StatusCode: 400,
    });
    expect(kept(here)).toEqual({ files: 0n, chunks: 0n });
  });

  it('may be of 30 MB', { timeout: 60_000 }, async () => {
    const here = bulk(mock, 'thirty');
    const path = `contactslist/${await ownList(here)}/CSVData/text:plain`;
    const body = Buffer.alloc(30_000_000, '"ann.lee@example.com","0123456789"\n');
    expect((await post(here, path, body)).status).toBe(200);
    expect((await here.download(path)).bytes.equals(body)).toBe(true);
  });
});

describe('recorded: Source object not found, with the type of the URL', () => {
  it.each([
    ['POST', 'contactslist/4/CSVData/text:plain', 'text/plain'],
    ['POST', 'contactslist/news/CSVData/text:plain', 'text/plain'],
    ['GET', 'contactslist/4/CSVData/text:plain', 'text/plain'],
    ['GET', 'BatchJob/1/CSVError/text:csv', 'text/csv'],
    ['GET', 'BatchJob/one/CSVError/text:csv', 'text/csv'],
    ['GET', 'batchjob/1/JSONError/application:json/LAST', 'application/json'],
    ['GET', 'batchjob/1/JSONError/application:json', 'application/json'],
  ])('%s %s', async (method, path, type) => {
    const here = bulk(mock, 'nowhere');
    const request = method === 'POST' ? { body: 'x', headers: { 'Content-Type': type } } : {};
    const answer = await here.call(method, `/v3/DATA/${path}`, request);
    expect([answer.status, answer.reason]).toEqual([404, 'Source object not found']);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-length']).toBe('84');
    expect(answer.body).toBe(
      '{ "ErrorInfo" : "", "ErrorMessage" : "Source object not found", "StatusCode" : 404 }',
    );
  });

  it('assumed: also for a job that has no error', async () => {
    const here = bulk(mock, 'no error');
    const job = await here.import('email\nann.lee@example.com\n', { list: await ownList(here) });
    const got = await here.download(`BatchJob/${job}/CSVError/text:csv`);
    expect([got.status, got.type, got.bytes.length]).toEqual([404, 'text/csv', 84]);
  });
});

it('gives error files with LAST and without, in any case', async () => {
  const here = bulk(mock, 'error files');
  const csvJob = await here.import('email\nann\n', { list: await ownList(here) });
  const jsonJob = idOf(
    await here.call('POST', '/v3/REST/contact/managemanycontacts', {
      body: { Contacts: [{ Email: 'bob@example.com' }, { Email: 'ann' }] },
    }),
    'JobID',
  );
  for (const path of [
    `BatchJob/${csvJob}/CSVError/text:csv`,
    `batchjob/${csvJob}/csverror/text%3acsv/LAST`,
  ]) {
    const got = await here.download(path);
    expect([got.status, got.type]).toEqual([200, 'text/csv']);
    expect(got.bytes.toString()).toBe('email,error\nann, ###Invalid email###email\n');
  }
  for (const last of ['', '/LAST', '/last']) {
    const got = await here.download(`batchjob/${jsonJob}/JSONError/application:json${last}`);
    expect([got.status, got.type]).toEqual([200, 'application/json']);
    expect(JSON.parse(got.bytes.toString())).toHaveLength(1);
  }
});

/** Opens an upload and leaves its body to the test. */
function openUpload(target: Mock, user: string, path: string, headers: http.OutgoingHttpHeaders) {
  const { port } = target.server.server.address() as AddressInfo; // it listens on TCP
  return http.request({
    port,
    method: 'POST',
    path,
    auth: `${user}:secret`,
    headers: { 'Content-Type': 'text/plain', ...headers },
  });
}

const answerOf = (request: http.ClientRequest) =>
  new Promise<{ status: number; reason: string; type: string; body: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', async (response) => {
      let body = '';
      for await (const part of response) body += part;
      resolve({
        status: response.statusCode ?? 0,
        reason: response.statusMessage ?? '',
        type: response.headers['content-type'] ?? '',
        body,
      });
    });
  });

it('takes an upload in chunks', async () => {
  const here = bulk(mock, 'chunked');
  const path = `contactslist/${await ownList(here)}/CSVData/text:plain`;
  const request = openUpload(mock, 'chunked', `/v3/DATA/${path}`, {
    'Transfer-Encoding': 'chunked',
  });
  const answer = answerOf(request);
  for (const part of ['email\n', 'ann.lee@', 'example.com\n']) {
    request.write(part);
    await pause(5);
  }
  request.end();
  expect((await answer).status).toBe(200);
  expect((await here.download(path)).bytes.toString()).toBe('email\nann.lee@example.com\n');
});

it('keeps nothing of an upload that is cut off in the middle', async () => {
  const here = bulk(mock, 'cut');
  const path = `contactslist/${await ownList(here)}/CSVData/text:plain`;
  const request = openUpload(mock, 'cut', `/v3/DATA/${path}`, { 'Content-Length': 9_000_000 });
  request.on('error', () => {}); // it is we who cut it off
  request.write(Buffer.alloc(3_000_000, 'x'));
  await expect.poll(() => kept(here)).not.toEqual({ files: expect.anything(), chunks: 0n });
  expect((await here.download(path)).status).toBe(404);
  request.destroy();
  await expect.poll(() => kept(here)).toEqual({ files: 0n, chunks: 0n });
});

it.each([
  ['with its length', (length: number) => ({ 'Content-Length': length })],
  ['in chunks', () => ({ 'Transfer-Encoding': 'chunked' })],
])('answers 413 to an upload over the limit, %s, and frees its space', async (name, headers) => {
  const here = bulk(small, `limit ${name}`);
  const path = `/v3/DATA/contactslist/${await ownList(here)}/CSVData/text:plain`;
  const body = Buffer.alloc(5 * 1024 * 1024, 'x');
  const pages = () => Number(here.account.db.pragma('page_count', { simple: true }));
  const sizes: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const request = openUpload(small, `limit ${name}`, path, headers(body.length));
    const answer = answerOf(request);
    request.end(body);
    const { status, body: page } = await answer;
    expect(status).toBe(413);
    expect(page).toContain('<center><h1>413 Request Entity Too Large</h1></center>');
    expect(kept(here)).toEqual({ files: 0n, chunks: 0n });
    sizes.push(pages());
  }
  expect(sizes[2]).toBe(sizes[0]);
  const fits = openUpload(small, `limit ${name}`, path, headers(1024 * 1024));
  const answer = answerOf(fits);
  fits.end(body.subarray(0, 1024 * 1024));
  expect((await answer).status).toBe(200);
});

it('takes all of an upload over the limit from a client that writes it whole before it reads', async () => {
  const here = bulk(small, 'writer');
  const { port } = small.server.server.address() as AddressInfo; // it listens on TCP
  const socket = connect(port, '127.0.0.1');
  const body = Buffer.alloc(40 * 1024 * 1024, 'x');
  socket.write(
    `POST /v3/DATA/contactslist/${await ownList(here)}/CSVData/text:plain HTTP/1.1\r\nHost: x\r\n` +
      `Authorization: Basic ${Buffer.from('writer:secret').toString('base64')}\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(body, (error) => (error ? reject(error) : resolve()));
  });
  let answer = '';
  for await (const part of socket) answer += part;
  expect(answer).toMatch(/^HTTP\/1\.1 413 Request Entity Too Large\r\n/);
});

it.each([
  ['PUT', 'contactslist/1/CSVData/text:plain', 405],
  ['DELETE', 'contactslist/1/CSVData/text:plain', 405],
  ['POST', 'batchjob/1/CSVError/text:csv', 401],
  ['GET', 'newsletter/1/HTML/text:html', 501],
])('assumed: %s %s is %i', async (method, path, status) => {
  const here = bulk(mock, 'verbs');
  expect((await here.call(method, `/v3/DATA/${path}`)).status).toBe(status);
});
