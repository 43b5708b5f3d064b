import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccount, rows, startImport } from '../support/account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed', stateMs: 1000 });
});
afterAll(() => mock.close());

const at = '2026-03-01T09:00:00.000Z';

describe('the clock', () => {
  it('is the machine’s until it is told otherwise', async () => {
    const before = Date.now();
    const { now, isFrozen } = await newAccount(mock).control('GET', '/clock');
    expect(isFrozen).toBe(false);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
  });

  it('stands still, is moved, runs on, and comes back', async () => {
    const account = newAccount(mock);
    expect(await account.control('POST', '/clock/freeze', { at })).toEqual({
      now: at,
      isFrozen: true,
    });
    expect(await account.control('POST', '/clock/advance', { by: '1d 30m' })).toEqual({
      now: '2026-03-02T09:30:00.000Z',
      isFrozen: true,
      outstanding: 0,
    });
    expect(await account.control('POST', '/clock/advance', { by: -1000 })).toMatchObject({
      now: '2026-03-02T09:29:59.000Z',
    });
    expect(await account.control('PUT', '/clock', { now: 1_000 })).toEqual({
      now: '1970-01-01T00:00:01.000Z',
      isFrozen: true,
    });
    const running = await account.control('POST', '/clock/run');
    expect(running.isFrozen).toBe(false);
    expect(running.now).toMatch(/^1970-01-01T00:00:0/);
    const set = await account.control('PUT', '/clock', { now: '2030-01-01' });
    expect(set).toEqual({ now: expect.stringMatching(/^2030-01-01T00:00:0/), isFrozen: false });
    expect((await account.control('DELETE', '/clock')).now.slice(0, 15)).toBe(
      new Date().toISOString().slice(0, 15),
    );
  });

  it('gives every timestamp and the Date header', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at });
    const made = await account.call('POST', '/v3/REST/contact', { Email: 'ann@example.com' });
    expect(made.headers.date).toBe('Sun, 01 Mar 2026 09:00:00 GMT');
    expect(rows(made)[0].CreatedAt).toBe('2026-03-01T09:00:00Z');
    await account.control('POST', '/clock/advance', { by: '1d' });
    const missing = await account.call('GET', '/v4/contact/1');
    expect(missing.headers.date).toBe('Mon, 02 Mar 2026 09:00:00 GMT');
  });

  it('is each account’s own', async () => {
    const [ann, bob] = [newAccount(mock), newAccount(mock)];
    await ann.control('POST', '/clock/freeze', { at });
    expect((await bob.control('GET', '/clock')).isFrozen).toBe(false);
  });

  it('frozen holds timed jobs; moved forward it lets them end before it answers', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at });
    const id = await startImport(account, mock, 'email\nann@example.com\n');
    const status = async () => (await account.control('GET', `/jobs/${id}`)).status;
    expect(await status()).toBe('Upload');
    await account.control('POST', '/clock/advance', { by: '999ms' });
    expect(await status()).toBe('Upload');
    await account.control('POST', '/clock/advance', { by: '1ms' });
    expect(await status()).toBe('Prepare');
    await account.control('POST', '/clock/advance', { by: '1d' });
    const job = await account.control('GET', `/jobs/${id}`);
    expect(job.timeline).toEqual([
      { state: 'Upload', at: '2026-03-01T09:00:00Z' },
      { state: 'Prepare', at: '2026-03-01T09:00:01Z' },
      { state: 'Importing', at: '2026-03-01T09:00:02Z' },
      { state: 'Completed', at: '2026-03-01T09:00:03Z' },
    ]);
  });

  it.each([
    ['PUT', '/clock', {}, 'now: '],
    ['PUT', '/clock', { now: 'tomorrow' }, 'now: give a time from 1970 to 9000'],
    ['PUT', '/clock', { now: '2026-02-31T00:00:00Z' }, 'now: give a time'],
    ['PUT', '/clock', { now: 1e300 }, 'now: give a time'],
    ['PUT', '/clock', { now: null }, 'now: '],
    ['POST', '/clock/freeze', { at: '9999-01-01' }, 'at: give a time'],
    ['POST', '/clock/advance', {}, 'by: '],
    ['POST', '/clock/advance', { by: 'a day' }, 'by: give a duration'],
    ['POST', '/clock/advance', { by: '9000000000d' }, 'by: '],
    ['POST', '/clock/advance', { by: '9'.repeat(400) }, 'by: give a duration'],
    ['POST', '/clock/advance', { by: '8000y' }, 'by: give a duration'],
    ['POST', '/clock/advance', { by: `${8000 * 365}d` }, 'cannot be moved so far'],
    ['POST', '/clock/advance', { by: '1d', now: 1 }, 'now'],
  ])('%s %s %j is refused and moves nothing', async (method, path, body, words) => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at });
    const answer = await account.try(method, path, { body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(words);
    expect(await account.control('GET', '/clock')).toEqual({ now: at, isFrozen: true });
  });

  it('of a fraction of a millisecond breaks no job', async () => {
    const account = newAccount(mock);
    await account.control('POST', '/clock/freeze', { at: 1.5 });
    await account.control('POST', '/clock/advance', { by: '1.5ms' });
    const id = await startImport(account, mock, 'email\nann@example.com\n');
    expect((await account.control('GET', `/jobs/${id}`)).status).toBe('Upload');
  });
});
