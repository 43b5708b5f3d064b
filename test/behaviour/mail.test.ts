import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseJson } from '../../src/lib/json-text.ts';
import { rowsOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

interface Recipient {
  Email: string;
  MessageUUID: string;
  MessageID: bigint;
  MessageHref: string;
}
interface Sent {
  Messages: {
    Status: string;
    CustomID: string;
    To: Recipient[];
    Cc: Recipient[];
    Bcc: Recipient[];
  }[];
}

const sendV31 = (...messages: object[]) =>
  mock.call('POST', '/v3.1/send', { body: send(...messages) });
const read = (body: string) => {
  if (!body.startsWith('{"Messages"')) throw new Error(body);
  return parseJson(body) as unknown as Sent;
};
const get = async (path: string) => rowsOf(await mock.call('GET', `/v3/REST/${path}`));

it('a mail that was sent is found by the MessageID of the answer', async () => {
  const answer = await sendV31(message({ CustomID: 'order-7' }));
  expect([answer.status, answer.headers['content-type']]).toEqual([
    200,
    'application/json; charset=UTF-8',
  ]);
  const { To } = read(answer.body).Messages[0] ?? {};
  const id = To?.[0]?.MessageID ?? 0n;
  expect(id).toBeGreaterThan(2n ** 53n);
  const [row] = await get(`message/${id}?ShowSubject=true&ShowContactAlt=true&ShowCustomID=true`);
  expect(row).toMatchObject({
    ContactAlt: 'passenger@example.com',
    CustomID: 'order-7',
    Status: 'sent',
    Subject: 'Your email flight plan!',
    UUID: To?.[0]?.MessageUUID,
  });
  expect(row).not.toHaveProperty('CampaignID');
  expect(row).not.toHaveProperty('StateID');
  const plain = (await get(`message?CustomID=order-7`))[0];
  expect([plain?.Subject, plain?.ContactAlt, plain && 'CustomID' in plain]).toEqual([
    '',
    '',
    false,
  ]);
});

it('each recipient has an ID of his own, rising by one through To, Cc and Bcc', async () => {
  const to = (name: string) => ({ Email: `${name}@example.com` });
  const body = message({ To: [to('ann'), to('bob')], Cc: [to('ann')], Bcc: [to('carol')] });
  const [first, second] = read((await sendV31(body, message())).body).Messages;
  const ids = [first?.To, first?.Cc, first?.Bcc, second?.To].flatMap((list) =>
    (list ?? []).map(({ MessageID }) => MessageID),
  );
  expect(ids.map((id) => id - (ids[0] ?? 0n))).toEqual([0n, 1n, 2n, 3n, 4n]);
  const contacts = await get('contact?Limit=100');
  expect(contacts.map(({ Email, DeliveredCount }) => [Email, DeliveredCount]).slice(1)).toEqual([
    ['ann@example.com', 2],
    ['bob@example.com', 1],
    ['carol@example.com', 1],
    ['passenger@example.com', 1],
  ]);
});

it('what happened to a message is told oldest first, and nothing of one that is not there', async () => {
  const { To } = read((await sendV31(message())).body).Messages[0] ?? {};
  const history = await mock.call('GET', `/v3/REST/messagehistory/${To?.[0]?.MessageID}`);
  expect(history.body).toMatch(
    /^\{ "Count" : 1, "Data" : \[\{ "Comment" : "", "EventAt" : \d{10}, "EventType" : "sent", "State" : "", "Useragent" : "", "UseragentID" : 0 \}\], "Total" : 1 \}$/,
  );
  expect((await mock.call('GET', '/v3/REST/messagehistory/1')).body).toBe(
    '{ "Count" : 0, "Data" : [], "Total" : 0 }',
  );
  expect((await mock.call('GET', '/v3/REST/message/1')).reason).toBe('Object not found');
});

it('SandboxMode answers without IDs and leaves no message', async () => {
  const answer = await mock.call('POST', '/v3.1/send', {
    body: { SandboxMode: true, ...send(message()) },
  });
  expect(answer.body).toBe(
    '{"Messages":[{"Status":"success","CustomID":"","To":[{"Email":"passenger@example.com","MessageUUID":"","MessageID":0,"MessageHref":"https://api.mailjet.com/v3/message/0"}],"Cc":[],"Bcc":[]}]}',
  );
  expect(await get('message')).toEqual([]);
});

it('of a mixed call the good mails are sent', async () => {
  const answer = await sendV31(message(), { From: { Email: 'pilot@example.com' } });
  expect([answer.status, read(answer.body).Messages.map(({ Status }) => Status)]).toEqual([
    400,
    ['success', 'error'],
  ]);
  expect(await get('message')).toHaveLength(1);
});

it('a body over 15 MiB gets the page of the front, and the connection ends', async () => {
  const answer = await sendV31(message({ TextPart: 'x'.repeat(15 * 1024 * 1024) }));
  expect([answer.status, answer.headers['content-type'], answer.headers.connection]).toEqual([
    413,
    'text/html',
    'close',
  ]);
  expect(answer.body).toMatch(/^<html><body><h1>413 Request Entity Too Large<\/h1>/);
  expect((await sendV31(message({ TextPart: 'x'.repeat(14 * 1024 * 1024) }))).status).toBe(200);
});

it('without credentials the answer is the bare word, with a wrong secret the long sentence', async () => {
  const body = send(message());
  await mock.call('POST', '/v3.1/send', { body, user: 'ann:secret' });
  const none = await mock.call('POST', '/v3.1/send', { body, user: '' });
  const wrong = await mock.call('POST', '/v3.1/send', { body, user: 'ann:other' });
  expect([none.status, none.body]).toEqual([401, '"Unauthorized"']);
  expect([wrong.status, wrong.body.length]).toEqual([401, 266]);
});

const v3 = {
  FromEmail: 'pilot@example.com',
  Recipients: [{ Email: 'ann@example.com' }, { Email: 'bob@example.com' }],
  Subject: 'Hello',
  'Text-part': 'Hello',
  'Mj-CustomID': 'v3-1',
};

it.each(['/v3/send', '/v3/send/message'])(
  '%s takes a mail for each of Recipients',
  async (path) => {
    const answer = await mock.call('POST', path, { body: v3 });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
    expect(answer.body).toMatch(
      /^\{ "Sent" : \[\{ "Email" : "ann@example\.com", "MessageID" : \d{19}, "MessageUUID" : "[0-9a-f-]{36}" \}, \{ "Email" : "bob@example\.com", .*\}\] \}\n$/,
    );
    expect(await get('message?CustomID=v3-1')).toHaveLength(2);
  },
);

it.each([
  [{ ...v3, FromEmail: undefined }, 400, 'At least FromEmail or Sender must be provided'],
  [send(message()), 400, 'At least FromEmail or Sender must be provided'],
  [{ ...v3, Vars: { name: null } }, 500, 'Cannot convert data from Null value'],
])('what /v3/send refuses is told by its phrase alone (%#)', async (body, status, reason) => {
  const answer = await mock.call('POST', '/v3/send', { body });
  expect([answer.status, answer.reason, answer.body]).toEqual([status, reason, '']);
  expect(answer.headers['content-type']).toBe('text/html');
  expect(await get('message')).toEqual([]);
});

it('Sender alone sends as the first sender of the account', async () => {
  const answer = await mock.call('POST', '/v3/send', {
    body: { ...v3, FromEmail: undefined, Sender: true },
  });
  expect(answer.status).toBe(200);
  expect(await get('message?From=owner@example.com')).toHaveLength(2);
});

it('a CustomCampaign makes a campaign, and a list shows those of today alone', async () => {
  await sendV31(message({ CustomCampaign: 'spring' }), message({ CustomCampaign: 'spring' }));
  const [campaign, ...others] = await get('campaign');
  expect([campaign?.CustomValue, campaign?.CampaignType, others]).toEqual(['spring', 1, []]);
  const messages = await get(`message?Campaign=${campaign?.ID}`);
  expect(messages.map(({ CampaignID }) => CampaignID)).toEqual([campaign?.ID, campaign?.ID]);
  expect((await get('campaign/spring'))[0]?.ID).toBe(campaign?.ID);
  await mock.call('POST', '/_mockjet/clock/advance', { body: { by: '2d' } });
  expect(await get('campaign')).toEqual([]);
  expect(await get('campaign?FromTS=2020-01-01T00:00:00Z')).toHaveLength(1);
  const starred = await mock.call('PUT', '/v3/REST/campaign/spring', { body: { IsStarred: true } });
  expect([starred.status, (await get('campaign/spring'))[0]?.IsStarred]).toEqual([200, true]);
});

it('DeduplicateCampaign blocks the second mail to a recipient', async () => {
  const body = message({ CustomCampaign: 'spring', DeduplicateCampaign: true });
  await sendV31(body, body);
  expect((await get('message?Sort=ID')).map(({ Status, StateID }) => [Status, StateID])).toEqual([
    ['sent', undefined],
    ['blocked', 15],
  ]);
});

it('messageinformation tells the counts of a message', async () => {
  const { To } = read((await sendV31(message())).body).Messages[0] ?? {};
  const [row] = await get(`messageinformation/${To?.[0]?.MessageID}`);
  expect(row).toMatchObject({
    CampaignID: 0,
    QueuedCount: 0,
    SentCount: 1,
    SpamAssassinRules: { ALT: '', ID: -1 },
  });
  expect(await get('messageinformation?MessageStatus=1')).toEqual([]);
});

it('under `polled` each GET of a message tells its status and then moves it on', async () => {
  await mock.call('PUT', '/_mockjet/jobs/pace', { body: { pace: 'polled' } });
  const body = message({ To: [{ Email: 'click@mockjet.test' }] });
  const id = read((await sendV31(body)).body).Messages[0]?.To[0]?.MessageID;
  const seen = [];
  for (let i = 0; i < 5; i += 1) seen.push((await get(`message/${id}`))[0]?.Status);
  expect(seen).toEqual(['queued', 'sent', 'opened', 'clicked', 'clicked']);
});

it('under `held` a message stays queued until the pace is another', async () => {
  await mock.call('PUT', '/_mockjet/jobs/pace', { body: { pace: 'held' } });
  await sendV31(message());
  await mock.call('POST', '/_mockjet/clock/advance', { body: { by: '1d' } });
  expect((await get('message'))[0]?.Status).toBe('queued');
  await mock.call('PUT', '/_mockjet/jobs/pace', { body: { pace: 'timed' } });
  await expect.poll(async () => (await get('message'))[0]?.Status).toBe('sent');
});

it('under `timed` a message waits for the clock of the account, also through a restart', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-mail-'));
  const options = { pace: 'timed', stateMs: 1000, data: dataDirectory } as const;
  const first = await startMock(options);
  await first.call('POST', '/_mockjet/clock/freeze', { body: {} });
  await first.call('POST', '/v3.1/send', { body: send(message()) });
  const status = async (server: Mock) =>
    rowsOf(await server.call('GET', '/v3/REST/message'))[0]?.Status;
  expect(await status(first)).toBe('queued');
  await first.close();
  const second = await startMock(options);
  await second.call('POST', '/_mockjet/clock/advance', { body: { by: '1h' } });
  await expect.poll(() => status(second)).toBe('sent');
  await second.close();
  rmSync(dataDirectory, { recursive: true });
});
