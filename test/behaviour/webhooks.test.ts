import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthority, issueLeaf } from '../../src/lib/certificates.ts';
import { newAccount, rows, type TestAccount } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
let receiver: Receiver;
let account: TestAccount;
beforeAll(async () => {
  mock = await startMock({ webhookTimeout: 300 });
});
afterAll(() => mock.close());
beforeEach(async () => {
  receiver = await startReceiver();
  account = newAccount(mock);
  return () => receiver.close();
});

/** The first post that came. */
function firstOf({ posts: [post] }: Receiver) {
  if (post === undefined) throw new Error('nothing came');
  return post;
}

const types = ['sent', 'open', 'click', 'bounce', 'blocked', 'spam', 'unsub'];
const seed = (webhook: object = {}) =>
  account.control('POST', '/seed', { webhooks: [{ url: receiver.url, ...webhook }] });
const flush = () => account.control('POST', '/deliveries/flush');
const freeze = () => account.control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
const advance = (by: string) => account.control('POST', '/clock/advance', { by });
const statusOf = async (type: string) =>
  rows(await account.call('GET', `/v3/REST/eventcallbackurl/${type}%7Cfalse`))[0].Status;
/** Sends a mail; its ID in the inbox. */
async function sendMail(more: object = {}): Promise<string> {
  await account.call('POST', '/v3.1/send', send(message(more)));
  const { mails } = await account.control('GET', '/mails');
  return mails[0].id;
}
const make = (id: string, event: object) => account.control('POST', `/mails/${id}/events`, event);

describe('a post', () => {
  it('is that of a Go client, with an event of a mail in it', async () => {
    await seed({ url: receiver.url.replace('//', '//ann:s%20ecret@').concat('/events?shop=1') });
    await sendMail({ CustomID: 'order-7', EventPayload: '{"total":7}', CustomCampaign: 'spring' });
    await flush();
    const { method, url, headers, body } = firstOf(receiver);
    expect([method, url]).toEqual(['POST', '/events?shop=1']);
    expect(headers).toMatchObject({
      'User-Agent': 'Go-http-client/1.1',
      Authorization: `Basic ${btoa('ann:s ecret')}`,
      'Content-Type': 'application/json',
      'Accept-Encoding': 'gzip',
    });
    const [row] = rows(await account.call('GET', '/v3/REST/message'));
    expect(body).toMatch(
      new RegExp(
        `^{"event":"sent","time":\\d{10},"MessageID":\\d{19},"Message_GUID":"${row.UUID}","email":"passenger@example.com","mj_campaign_id":${row.CampaignID},"mj_contact_id":${row.ContactID},"customcampaign":"spring","mj_message_id":"\\d{19}","smtp_reply":"sent \\(250 2\\.0\\.0 OK [^"]*","CustomID":"order-7","Payload":"{\\\\"total\\\\":7}"}$`,
      ),
    );
  });

  it('comes for every event, in its order, alone by version 1', async () => {
    await seed();
    const id = await sendMail({ HTMLPart: '<a href="https://shop.example/1">Shop</a>' });
    for (const event of types.slice(1)) await make(id, { event });
    await make(id, { event: 'bounce', reason: 'greylisted' });
    await flush();
    expect(receiver.posts.every(({ body }) => body.startsWith('{'))).toBe(true);
    expect(receiver.events().map(({ event }) => event)).toEqual([...types, 'bounce']);
    expect(receiver.events()[2].url).toBe('https://shop.example/1');
    expect(receiver.events()[7]).toMatchObject({ hard_bounce: false, error: 'greylisted' });
  });

  it('has all events of a second for one URL by version 2', async () => {
    await freeze();
    await seed({ version: 2 });
    const id = await sendMail();
    await make(id, { event: 'open', count: 2 });
    await advance('999ms');
    expect(receiver.posts.length).toBe(0);
    await advance('1ms');
    await make(id, { event: 'spam' });
    await advance('1s');
    expect(receiver.posts.map(({ body }) => JSON.parse(body).length)).toEqual([3, 1]);
    expect(receiver.events().map(({ event }) => event)).toEqual(['sent', 'open', 'open', 'spam']);
  });

  it('goes by itself, and where its type goes', async () => {
    await seed({ events: ['open'] });
    const id = await sendMail();
    await make(id, { event: 'open' });
    await make(id, { event: 'spam' });
    await expect.poll(() => receiver.posts.length, { timeout: 10_000 }).toBe(1);
    await flush();
    expect(receiver.events().map(({ event }) => event)).toEqual(['open']);
  });

  it('of a test has no message', async () => {
    await seed({ version: 2 });
    const [hook] = rows(await account.call('GET', '/v3/REST/eventcallbackurl?EventType=spam'));
    const answer = await account.call('POST', `/v3/REST/eventcallbackurl/${hook.ID}/test`);
    expect(answer.status).toBe(200);
    await flush();
    expect(receiver.posts[0]?.body).toMatch(
      /^\[{"event":"spam","time":\d+,"MessageID":0,"Message_GUID":"","email":"","mj_campaign_id":0,"mj_contact_id":0,"customcampaign":"","source":""}]$/,
    );
  });
});

describe('a URL that takes nothing', () => {
  it.each<[what: string, how: Parameters<Receiver['answer']>[0], words: string]>([
    ['with 204', 204, 'It answered 204'],
    ['with a redirect', 302, 'It answered 302'],
    ['with an error and its words', (to) => to.writeHead(500).end('no\nroom'), '500: no room'],
    ['by closing', (to) => to.destroy(), 'No answer from 127.0.0.1'],
    ['never', () => undefined, 'within 300 ms'],
    [
      'with 10 MB and an error',
      (to) => to.writeHead(500).end(Buffer.alloc(10_000_000, 'x')),
      `500: ${'x'.repeat(300)}`,
    ],
  ])('for it answers %s is tried again', async (_what, how, words) => {
    await freeze();
    await seed({ events: ['sent'] });
    receiver.answer(how);
    await sendMail();
    await advance('0s');
    const { deliveries, counts } = await account.control('GET', '/deliveries');
    expect(counts).toEqual({ done: 0, waiting: 1, failed: 0 });
    expect(deliveries[0]).toMatchObject({
      tries: 1,
      state: 'waiting',
      answer: expect.stringContaining(words),
      nextTryAt: '2026-03-01T09:00:30.000Z',
    });
    receiver.answer(200);
    await advance('30s');
    expect((await account.control('GET', '/deliveries')).deliveries[0]).toMatchObject({
      tries: 2,
      state: 'done',
      answer: '200',
      nextTryAt: null,
    });
  });

  it('for 23 hours gets all of it once, in order', async () => {
    await freeze();
    await seed();
    receiver.answer(500);
    const id = await sendMail();
    for (const event of types.slice(1)) await make(id, { event });
    for (const by of ['1h', '22h']) expect(await advance(by)).toMatchObject({ outstanding: 0 });
    const tries = 1 + (23 * 3600) / 30;
    expect(receiver.posts.length).toBe(tries);
    receiver.posts.length = 0;
    receiver.answer(200);
    await advance('30s');
    expect(receiver.events().map(({ event }) => event)).toEqual(types);
    expect(await statusOf('sent')).toBe('alive');
  }, 60_000);

  it('for 25 hours is dead, and its backup takes over; a new URL revives it', async () => {
    const backup = await startReceiver();
    await freeze();
    await seed();
    await account.control('POST', '/seed', {
      webhooks: [{ url: backup.url, events: ['sent', 'open'], isBackup: true }],
    });
    receiver.answer(500);
    const id = await sendMail();
    await make(id, { event: 'open' });
    await make(id, { event: 'spam' });
    await advance('25h');
    expect(backup.events().map(({ event }) => event)).toEqual(['sent', 'open']);
    expect([await statusOf('sent'), await statusOf('spam')]).toEqual(['dead', 'dead']);
    await make(id, { event: 'open' });
    await make(id, { event: 'spam' });
    await flush();
    expect(backup.events().map(({ event }) => event)).toEqual(['sent', 'open', 'open']);
    const { counts } = await account.control('GET', '/deliveries');
    expect(counts).toEqual({ done: 3, waiting: 0, failed: 1 });
    receiver.answer(200);
    receiver.posts.length = 0;
    await account.call('PUT', '/v3/REST/eventcallbackurl/spam%7Cfalse', {
      Url: `${receiver.url}/new`,
    });
    await make(id, { event: 'spam' });
    await flush();
    expect(receiver.posts.map(({ url }) => url)).toEqual(['/new']);
    await backup.close();
  }, 60_000);

  it('is asked once while the clock is moved, when it gives no answer at all', async () => {
    await freeze();
    await seed({ events: ['sent'] });
    receiver.answer(() => undefined);
    await sendMail();
    await advance('0s');
    expect(receiver.posts.length).toBe(1);
    await advance('1h');
    expect(receiver.posts.length).toBe(2);
    const { deliveries } = await account.control('GET', '/deliveries');
    expect(deliveries[0]).toMatchObject({
      tries: 121,
      answer: expect.stringContaining('Not tried'),
    });
  });

  it('keeps nobody waiting, nor another URL', async () => {
    const other = await startReceiver();
    await seed({ events: ['sent'] });
    await account.control('POST', '/seed', { webhooks: [{ url: other.url, events: ['open'] }] });
    receiver.answer(() => undefined);
    const id = await sendMail();
    await make(id, { event: 'open' });
    await expect.poll(() => other.posts.length, { timeout: 10_000 }).toBe(1);
    expect((await account.control('GET', '/deliveries')).counts.waiting).toBe(1);
    await other.close();
  });
});

describe('what is not posted', () => {
  it('goes to no real receiver, and says so without its credentials', async () => {
    await seed({ url: 'https://ann:s3cret-word@shop.example/events', events: ['sent'] });
    await sendMail();
    await flush();
    const { deliveries } = await account.control('GET', '/deliveries');
    expect(deliveries).toMatchObject([
      {
        url: 'https://***@shop.example/events',
        state: 'failed',
        tries: 1,
        answer: expect.stringContaining('--webhooks-anywhere'),
      },
    ]);
    expect(JSON.stringify(deliveries)).not.toContain('s3cret-word');
    expect(await statusOf('sent')).toBe('alive');
  });

  it('was for a URL that is no more', async () => {
    await freeze();
    await seed({ events: ['sent'] });
    receiver.answer(500);
    await sendMail();
    await advance('0s');
    await account.call('DELETE', '/v3/REST/eventcallbackurl/sent%7Cfalse');
    await advance('30s');
    expect((await account.control('GET', '/deliveries')).counts.failed).toBe(1);
    expect(receiver.posts.length).toBe(1);
  });
});

describe('control', () => {
  it('makes posts fail, posts again, and forgets', async () => {
    await freeze();
    await seed({ events: ['sent'] });
    await account.control('POST', '/deliveries/fail', { count: 2 });
    await sendMail();
    await advance('30s');
    expect((await account.control('GET', '/deliveries')).counts.waiting).toBe(1);
    await advance('30s');
    expect(receiver.posts.length).toBe(1);
    const { deliveries } = await account.control('GET', '/deliveries?event=sent&state=done');
    expect(deliveries.length).toBe(1);
    await account.control('POST', `/deliveries/${deliveries[0].id}/replay`);
    await flush();
    expect(receiver.posts.map(({ body }) => body)).toEqual([
      deliveries[0].body,
      deliveries[0].body,
    ]);
    expect((await account.control('GET', '/deliveries?event=open')).deliveries).toEqual([]);
    expect(await account.control('DELETE', '/deliveries')).toEqual({ deleted: 2 });
  });
});

describe('by HTTPS', () => {
  it.each([
    ['is posted to who has a certificate of a trusted authority', true, '200'],
    ['is not to who has another', false, 'No answer from 127.0.0.1'],
  ])('%s', async (_what, isTrusted, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'mockjet-webhook-ca-'));
    const authority = await createAuthority();
    const { certificatePem: cert, keyPem: key } = await issueLeaf(authority, ['127.0.0.1']);
    writeFileSync(join(folder, 'ca.pem'), authority.certificatePem);
    const secure = await startReceiver({ cert, key });
    const webhookCa = isTrusted ? join(folder, 'ca.pem') : undefined;
    const other = await startMock({ webhook: secure.url, webhookCa });
    const its = newAccount(other);
    await its.call('POST', '/v3.1/send', send(message()));
    await its.control('POST', '/deliveries/flush');
    const { deliveries } = await its.control('GET', '/deliveries');
    expect(deliveries[0].answer).toContain(words);
    expect(secure.posts.length).toBe(isTrusted ? 1 : 0);
    await other.close();
    await secure.close();
    rmSync(folder, { recursive: true });
  });
});
