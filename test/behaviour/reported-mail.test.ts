import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

// Public reports of what surprised people about sending, each with what production did. Answers alone stand in
// test/recorded/reported-sends.ts, senders that are not validated in strict-senders.test.ts.

let mock: Mock;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
beforeEach(() => {
  account = newAccount(mock);
});

const sendV31 = (...messages: object[]) => account.call('POST', '/v3.1/send', send(...messages));
const mails = async () => (await account.control('GET', '/mails')).mails;
const codes = (mail: { warnings: { code: string }[] }) => mail.warnings.map(({ code }) => code);
const senders = { senders: [{ email: 'pilot@example.com' }] };
const pdf = (size: number) => ({
  ContentType: 'application/pdf',
  Filename: 'plan.pdf',
  Base64Content: Buffer.alloc(size, 'x').toString('base64'),
});

it('a null in Variables, at any depth, names its path', async () => {
  const Variables = { order: { lines: [{ sku: 'a' }, { sku: null }] } };
  const { status, body } = await sendV31(message({ Variables }));
  expect(status).toBe(400);
  expect(JSON.parse(body).Messages[0].Errors).toEqual([
    expect.objectContaining({
      ErrorCode: 'send-0018',
      ErrorMessage: 'Property value cannot be null.',
      ErrorRelatedTo: ['Variables.order.lines[1].sku'],
    }),
  ]);
});

it('four mails with 4 MB each are too much together, each alone is not', async () => {
  const large = message({ Attachments: [pdf(4_000_000)] });
  const together = await sendV31(large, large, large, large);
  expect([together.status, together.headers['content-type'], together.headers.connection]).toEqual([
    413,
    'text/html',
    'close',
  ]);
  expect(together.body).toMatch(/^<html><body><h1>413 Request Entity Too Large<\/h1>/);
  expect((await sendV31(large)).status).toBe(200);
  expect(await mails()).toHaveLength(1);
});

it('braces go out as they are without TemplateLanguage, and the inbox hints at it', async () => {
  await account.control('POST', '/seed', senders);
  await sendV31(message({ TextPart: 'Dear {{var:name}}', Variables: { name: 'Ann' } }));
  const [mail] = await mails();
  expect([mail.text, codes(mail)]).toEqual(['Dear {{var:name}}', ['template-language-forgotten']]);
});

it('variables in lower case are taken', async () => {
  await account.control('POST', '/seed', senders);
  const { status } = await sendV31(message({ variables: { day: 'Monday' } }));
  const [mail] = await mails();
  expect([status, mail.variables, codes(mail)]).toEqual([200, { day: 'Monday' }, ['key-case']]);
});

it('Message for Messages is refused', async () => {
  const { status, body } = await account.call('POST', '/v3.1/send', { Message: [message()] });
  expect([status, JSON.parse(body)]).toEqual([
    400,
    {
      ErrorIdentifier: expect.any(String),
      ErrorCode: 'mj-0003',
      StatusCode: 400,
      ErrorMessage: 'Missing mandatory property.',
      ErrorRelatedTo: ['Messages'],
    },
  ]);
});

it('names of v3.1 in a body of v3 are passed over in silence, and the inbox hints at it', async () => {
  await account.control('POST', '/seed', senders);
  const { status } = await account.call('POST', '/v3/send', {
    FromEmail: 'pilot@example.com',
    Recipients: [{ Email: 'ann@example.com' }],
    'Text-part': 'x',
    TemplateErrorReporting: 'ann@example.com',
  });
  expect([status, codes((await mails())[0])]).toEqual([200, ['v31-names-in-v3']]);
});

it.each([
  [
    'a body of v3.1 to v3',
    '/v3/send',
    send(message()),
    400,
    'At least FromEmail or Sender must be provided',
  ],
  [
    'a message of v3.1 with a sender to v3',
    '/v3/send',
    { ...message(), FromEmail: 'pilot@example.com' },
    400,
    'At least 1 "to" value required',
  ],
  [
    'a body of v3 to v3.1',
    '/v3.1/send',
    { FromEmail: 'pilot@example.com', Recipients: [{ Email: 'a@example.com' }] },
    400,
    'Bad Request',
  ],
])('%s is refused', async (_what, path, body, status, reason) => {
  const answer = await account.call('POST', path, body);
  expect([answer.status, answer.reason]).toEqual([status, reason]);
  if (path === '/v3.1/send') expect(JSON.parse(answer.body).ErrorRelatedTo).toEqual(['Messages']);
  expect(await mails()).toEqual([]);
});

it('one bad address fails its mail alone: a job queue that sends all again sends the others twice', async () => {
  const first = message({ To: [{ Email: 'ann@example.com' }] });
  const bad = message({ To: [{ Email: 'bob@example.com' }, { Email: 'nobody' }] });
  for (let tries = 0; tries < 2; tries += 1) {
    const { status, body } = await sendV31(first, bad);
    expect([
      status,
      JSON.parse(body).Messages.map(({ Status }: { Status: string }) => Status),
    ]).toEqual([400, ['success', 'error']]);
  }
  const sent = rows(await account.call('GET', '/v3/REST/message?ShowContactAlt=true'));
  expect(sent.map(({ ContactAlt }) => ContactAlt)).toEqual(['ann@example.com', 'ann@example.com']);
});

it('who sends too fast is refused without a Retry-After', async () => {
  await account.control('PUT', '/rate-limit', { capacity: 1, perSecond: 0 });
  expect((await sendV31(message())).status).toBe(200);
  const answer = await sendV31(message());
  expect([answer.status, answer.headers['content-type'], answer.headers['retry-after']]).toEqual([
    429,
    'text/html',
    undefined,
  ]);
  expect(answer.body).toMatch(/^<html><body><h1>429 Too Many Requests<\/h1>/);
});

it.each([
  ['Attachments', []],
  ['InlinedAttachments', ['inline-attachment-unused']],
])('an image among %s that the HTML shows by its ContentID', async (property, hints) => {
  await account.control('POST', '/seed', senders);
  const image = {
    ContentType: 'image/gif',
    Filename: 'logo.gif',
    Base64Content: 'R0lG',
    ContentID: 'logo',
  };
  await sendV31(message({ [property]: [image], HTMLPart: '<img src="cid:logo">' }));
  await sendV31(message({ [property]: [image], HTMLPart: '<p>Hello</p>' }));
  const [unused, used] = await mails();
  // only an inline attachment is part of the HTML
  expect(codes(used)).toEqual(
    property === 'Attachments' ? ['unknown-key', 'cid-without-attachment'] : [],
  );
  expect(codes(unused).filter((code) => code.startsWith('inline'))).toEqual(hints);
});

it('MessageIDs do not fit a double: who reads them as such takes one message for another', async () => {
  const To = ['a', 'b', 'c'].map((name) => ({ Email: `${name}@example.com` }));
  const { body } = await sendV31(message({ To }));
  const exact = [...body.matchAll(/"MessageID":(\d+)/g)].map(([, id = '']) => id);
  const rounded: number[] = JSON.parse(body).Messages[0].To.map(
    ({ MessageID }: { MessageID: number }) => MessageID,
  );
  expect(new Set(exact).size).toBe(3);
  expect(new Set(rounded).size).toBeLessThan(3);
  for (const id of exact)
    expect((await account.call('GET', `/v3/REST/message/${id}`)).body).toContain(`"ID" : ${id},`);
});

it('a filter in the wrong place filters nothing: the latest ten come', async () => {
  for (let n = 0; n < 12; n += 1) await sendV31(message({ CustomID: `order-${n}` }));
  const list = (query: string, body?: object) =>
    mock.call('GET', `/v3/REST/message?ShowCustomID=true${query}`, {
      user: account.user,
      ...(body === undefined ? {} : { body }),
    });
  const ids = (answer: Parameters<typeof rows>[0]) => rows(answer).map(({ CustomID }) => CustomID);
  const latest = Array.from({ length: 10 }, (_, n) => `order-${11 - n}`);
  expect(ids(await list('', { CustomID: 'order-0' }))).toEqual(latest);
  expect(ids(await list('&filters[CustomID]=order-0'))).toEqual(latest);
  expect(ids(await list('&CustomID=order-0'))).toEqual(['order-0']);
});
