import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mailjet, startImport } from '../support/mailjet.ts';

let mockjet: Mockjet;
beforeAll(async () => {
  mockjet = await startMockjet();
});
afterAll(() => mockjet.close());

const csv = 'email\nada@example.com\ngrace@example.com\n';
/** Contacts of an account, but for its owner, whom a fresh one holds. */
const emails = async (account: MockjetAccount) =>
  (await mailjet<{ Email: string }>(account, 'GET', 'REST/contact'))
    .map(({ Email }) => Email)
    .filter((email) => !email.startsWith('owner@'));

it('IDs beyond 2^53 are exact', async () => {
  const list = { name: 'Readers', id: '9007199254740993' };
  const account = await mockjet.account({ seed: { lists: [list] } });
  // the account's first list is its own: this one is named in the text, as no number has its ID
  const upload = await fetch(
    `${account.url}/v3/REST/contactslist/9007199254740993/managemanycontacts`,
    {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${account.apiKey}:${account.secretKey}`)}` },
      body: '{"Action":"addforce","Contacts":[{"Email":"ada@example.com"}]}',
    },
  );
  expect(upload.status).toBe(201);
  const [job] = await account.jobs.list();
  expect(job?.refId).toBe(9007199254740993n);
  expect(await account.jobs.get(job?.id ?? 0)).toMatchObject({ refId: 9007199254740993n });
});

describe('account()', () => {
  it('shares nothing with another', async () => {
    const [one, other] = await Promise.all([mockjet.account(), mockjet.account()]);
    await mailjet(one, 'POST', 'REST/contact', { Email: 'ada@example.com' });
    expect(await emails(one)).toEqual(['ada@example.com']);
    expect(await emails(other)).toEqual([]);
    expect(await other.requests.find({ operation: 'contact create' })).toEqual([]);
  });

  it('takes keys, and refuses those that are taken', async () => {
    const keys = { apiKey: 'bookshop', secretKey: 'shelves' };
    expect(await mockjet.account(keys)).toMatchObject(keys);
    await expect(mockjet.account(keys)).rejects.toThrow('with the key bookshop already');
  });

  it.each([
    ['a document', { contacts: [{ email: 'ada@example.com', name: 'Ada' }] }],
    ['a CSV', { csv: 'email,name\nada@example.com,Ada\n', list: 'Readers' }],
  ])('holds %s', async (_what, seed) => {
    const account = await mockjet.account({ seed });
    expect(await mailjet(account, 'GET', 'REST/contact/ada@example.com')).toMatchObject([
      { Name: 'Ada' },
    ]);
  });

  it('is not left behind when its seed makes no sense', async () => {
    const seed = { contacts: [{ email: 'nobody' }] };
    const wanted = { apiKey: 'senseless', seed };
    await expect(mockjet.account(wanted)).rejects.toThrow('contacts');
    await expect(mockjet.account({ apiKey: 'senseless' })).resolves.toBeDefined();
  });

  it('is gone once it was removed', async () => {
    const keys = { apiKey: 'only', secretKey: 'pair' };
    await using locked = await startMockjet({ keys });
    const account = await locked.account();
    expect(await emails(account)).toEqual([]);
    await account.remove();
    await expect(emails(account)).rejects.toThrow('401');
    await expect(locked.defaultAccount.remove()).rejects.toThrow('stays');
  });
});

it('gives the same keys and IDs for the same idSeed', async () => {
  const made = async () => {
    await using server = await startMockjet({ idSeed: 7 });
    const account = await server.account({ name: 'Bookshop' });
    await account.clock.freeze('2026-03-01T09:00:00Z');
    const [list] = await mailjet(account, 'POST', 'REST/contactslist', { Name: 'Readers' });
    return { apiKey: account.apiKey, list };
  };
  const first = await made();
  expect(first.list).toMatchObject({ CreatedAt: '2026-03-01T09:00:00Z' });
  expect(await made()).toEqual(first);
});

describe('startMockjet({ seed })', () => {
  const seed = { lists: [{ name: 'Readers' }], contacts: [{ email: 'ada@example.com' }] };

  it('fills every fresh account, after a reset too', async () => {
    await using server = await startMockjet({ seed });
    const account = await server.account();
    await mailjet(account, 'POST', 'REST/contact', { Email: 'grace@example.com' });
    await server.reset();
    for (const one of [account, server.defaultAccount])
      expect(await emails(one)).toEqual(['ada@example.com']);
  });

  it.each([
    ['a wrong document', { contacts: [{ email: 'nobody' }] }, 'contacts'],
    ['a file that is not there', 'none.json', 'none.json'],
  ])('refuses %s', async (_what, wrong, message) => {
    await expect(startMockjet({ seed: wrong })).rejects.toThrow(message);
  });
});

describe('state', () => {
  it('is reset, snapshotted and restored', async () => {
    const account = await mockjet.account({ seed: { contacts: [{ email: 'ada@example.com' }] } });
    await account.snapshot('with Ada');
    await account.seed({ contacts: [{ email: 'grace@example.com' }] });
    expect(await account.snapshots.list()).toMatchObject([{ name: 'with Ada', contacts: 2 }]);
    await account.restore('with Ada');
    expect(await emails(account)).toEqual(['ada@example.com']);
    await account.reset();
    expect(await emails(account)).toEqual([]);
    await account.snapshots.remove('with Ada');
    await expect(account.restore('with Ada')).rejects.toMatchObject({ status: 404 });
  });

  it('moves to another account as a SQLite file', async () => {
    const from = await mockjet.account({ seed: { contacts: [{ email: 'ada@example.com' }] } });
    const to = await mockjet.account();
    await from.snapshot('all/of it');
    const bytes = await from.snapshots.read('all/of it');
    expect(new TextDecoder().decode(bytes.subarray(0, 15))).toBe('SQLite format 3');
    await to.snapshots.write('theirs', bytes);
    await to.restore('theirs');
    expect(await emails(to)).toEqual(['ada@example.com']);
  });

  it('has a clock', async () => {
    const { clock, ...account } = await mockjet.account();
    const now = '2026-03-01T09:00:00.000Z';
    expect(await clock.freeze(new Date(now))).toEqual({ now, isFrozen: true });
    expect((await clock.advance('1d')).now).toBe('2026-03-02T09:00:00.000Z');
    expect((await clock.advance(-1000)).now).toBe('2026-03-02T08:59:59.000Z');
    expect(await clock.set(now)).toEqual({ now, isFrozen: true });
    const Email = 'ada@example.com';
    expect(await mailjet(account, 'POST', 'REST/contact', { Email })).toMatchObject([
      { CreatedAt: '2026-03-01T09:00:00Z' },
    ]);
    expect((await clock.run()).isFrozen).toBe(false);
    const before = Date.now();
    const read = await clock.reset().then(() => clock.read());
    expect(Date.parse(read.now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(read.now)).toBeLessThanOrEqual(Date.now());
    await expect(clock.set(new Date(Number.NaN))).rejects.toMatchObject({ status: 400 });
  });
});

describe('jobs', () => {
  it('show each state to a client that polls', async () => {
    const account = await mockjet.account();
    expect(await account.jobs.pace('polled')).toMatchObject({ pace: 'polled' });
    const id = await startImport(account, csv);
    const seen = [];
    for (let polls = 0; polls < 4; polls += 1) {
      const [job] = await mailjet(account, 'GET', `REST/csvimport/${id}`);
      seen.push(job?.Status);
    }
    expect(seen).toEqual(['Upload', 'Prepare', 'Importing', 'Completed']);
    const done = { status: 'Completed', count: 2, errcount: 0, method: 'addnoforce' };
    expect(await account.jobs.get(id)).toMatchObject(done);
  });

  it('are stepped, held, released and ended', async () => {
    const account = await mockjet.account();
    const { jobs } = account;
    await jobs.pace({ pace: 'held', stateMs: 1 });
    const id = await startImport(account, csv);
    expect(await jobs.list()).toMatchObject([{ id, status: 'Upload' }]);
    expect(await jobs.step(id)).toMatchObject({ status: 'Prepare' });
    expect(await jobs.hold(id)).toMatchObject({ isHeld: true });
    expect(await jobs.release(id)).toMatchObject({ isHeld: false });
    expect(await jobs.step(id, 2)).toMatchObject({ status: 'Completed' });
    await expect(jobs.end(id, { end: 'Abort' })).rejects.toMatchObject({ status: 409 });
    const other = await startImport(account, csv);
    expect(await jobs.end(other, { end: 'Error', error: 'disk full' })).toMatchObject({
      status: 'Error',
      error: 'disk full',
    });
    await expect(jobs.get(1)).rejects.toMatchObject({ status: 404 });
  });

  it('end as it was planned', async () => {
    const account = await mockjet.account();
    await account.jobs.pace('instant');
    await account.jobs.endNext({ end: 'Abort', before: 'Prepare' });
    const id = await startImport(account, csv);
    const { timeline } = await account.jobs.get(id);
    expect(timeline.map(({ state }) => state)).toEqual(['Upload', 'Abort']);
  });
});
