import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnswer, readAnswers } from '../support/raw-answers.ts';
import { startEcho } from '../support/transport-server.ts';
import { waysIn } from '../support/ways-in.ts';

const post = (target: string, body: string, more = '') =>
  `POST ${target} HTTP/1.1\r\nHost: api.mailjet.com\r\nContent-Type: text/plain\r\n` +
  `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n`;
const get = (target: string, host = 'api.mailjet.com') =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

const contactPath = '/v3/REST/contact/Ann%2Bx%40Example.com?Sort=ID+desc';

let echo: Awaited<ReturnType<typeof startEcho>>;
beforeAll(async () => {
  echo = await startEcho();
});
afterAll(() => echo.app.close());

describe.each(waysIn)('$name', ({ open, target }) => {
  test('takes GET and POST on one connection, and keeps the path byte for byte', async () => {
    const socket = await open(echo.door);
    socket.write(get(target(contactPath)));
    const found = await readAnswer(socket);
    expect(JSON.parse(found.body)).toEqual({
      method: 'GET',
      url: contactPath,
      host: 'api.mailjet.com',
      body: null,
    });
    const csv = 'email,name\nann@example.com,Ann\n';
    socket.write(post(target('/v3/DATA/contactslist/1/csvdata/text:plain'), csv) + csv);
    const uploaded = await readAnswer(socket);
    expect(JSON.parse(uploaded.body)).toMatchObject({ method: 'POST', body: csv });
    expect(uploaded.head.toLowerCase()).not.toContain('connection: close');
    socket.destroy();
  });

  test('answers two pipelined requests in their order', async () => {
    const socket = await open(echo.door);
    socket.write(get(target('/slow')) + get(target('/second')));
    const [first, second] = await readAnswers(socket, 2);
    expect(first?.body).toBe('{"slow":true}');
    expect(second?.body).toContain('"/second"');
    socket.destroy();
  });

  test('says 100 Continue before it wants the body', async () => {
    const socket = await open(echo.door);
    const csv = 'email\n'.repeat(200_000);
    socket.write(post(target('/upload'), csv, 'Expect: 100-continue\r\n'));
    expect((await readAnswer(socket)).status).toBe(100);
    socket.write(csv);
    expect(JSON.parse((await readAnswer(socket)).body).body).toHaveLength(csv.length);
    socket.destroy();
  });

  test('still answers a client that has closed its sending side', async () => {
    const socket = await open(echo.door);
    socket.end(get(target('/slow')));
    expect((await readAnswer(socket)).body).toBe('{"slow":true}');
    await new Promise((resolve) => socket.once('close', resolve).resume());
  });

  test('waits for a client that sends byte by byte', async () => {
    const socket = await open(echo.door);
    const answer = readAnswer(socket);
    for (const byte of `${post(target('/slowly'), 'Ann')}Ann`) {
      socket.write(byte);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(JSON.parse((await answer).body)).toMatchObject({ url: '/slowly', body: 'Ann' });
    socket.destroy();
  });

  test('takes Content-Length together with chunked, as the Ruby client sends a file', async () => {
    const socket = await open(echo.door);
    const head = post(target('/upload'), 'x'.repeat(9), 'Transfer-Encoding: chunked\r\n');
    socket.write(`${head}3\r\nAnn\r\n0\r\n\r\n`);
    expect(JSON.parse((await readAnswer(socket)).body).body).toBe('Ann');
    socket.destroy();
  });

  test('does not mind another Host header', async () => {
    const socket = await open(echo.door);
    socket.write(get(target('/any'), 'mail.example.org'));
    expect((await readAnswer(socket)).status).toBe(200);
    socket.destroy();
  });
});

test('no way in makes a log line when all goes well', () => {
  expect(echo.lines).toEqual([]);
});
