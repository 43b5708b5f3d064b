import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { Fault as ControlFault } from '../../src/control/faults.ts';
import type { JournalEntry } from '../../src/control/journal.ts';
import {
  type Fault,
  type Mockjet,
  MockjetError,
  type RecordedRequest,
  startMockjet,
} from '../../src/index.ts';
import { turns } from '../support/arrival.ts';

let mockjet: Mockjet;
beforeAll(async () => {
  mockjet = await startMockjet();
});
afterAll(() => mockjet.close());

/** Makes a contact as an application would. */
function makeContact(email: string, { apiKey, secretKey, url } = mockjet.defaultAccount) {
  return fetch(`${url}/v3/REST/contact`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}` },
    body: JSON.stringify({ Email: email }),
  });
}

describe('startMockjet', () => {
  it('that was closed refuses what comes, in its own words', async () => {
    const own = await startMockjet();
    const account = await own.account();
    await own.close();
    for (const call of [() => own.account(), () => own.reset(), () => account.jobs.list()])
      await expect(call()).rejects.toThrow(new MockjetError(503, 'This Mockjet was closed'));
    await own.close();
  });

  it.each([null, 'x', 7])('takes no %j for options', async (options) => {
    // @ts-expect-error as JavaScript may
    await expect(startMockjet(options)).rejects.toThrow('takes an object of options');
  });

  it('listens on a free port, with credentials that get in', async () => {
    expect(mockjet.url).toBe(`http://127.0.0.1:${mockjet.port}`);
    expect((await makeContact('ada@example.com')).status).toBe(201);
  });

  it('makes a certificate when it is asked for', async () => {
    expect(await mockjet.caPem()).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it('lets only its keys in when it has some', async () => {
    const keys = { apiKey: 'the-key', secretKey: 'the-secret' };
    await using locked = await startMockjet({ keys });
    const account = locked.defaultAccount;
    expect(account).toMatchObject(keys);
    expect((await makeContact('ada@example.com', account)).status).toBe(201);
    const stranger = { ...account, apiKey: 'another' };
    expect((await makeContact('ada@example.com', stranger)).status).toBe(401);
  });

  it('is gone after it was closed, and frees its port', async () => {
    const first = await startMockjet();
    await first.close();
    await expect(makeContact('ada@example.com', first.defaultAccount)).rejects.toThrow();
    await using second = await startMockjet({ port: first.port });
    expect(second.port).toBe(first.port);
  });

  it('says which port is taken, and leaves nothing behind', async () => {
    await expect(startMockjet({ port: mockjet.port })).rejects.toThrow(`${mockjet.port}`);
  });

  it.each([
    ['a wrong port', { port: 70_000 }, 'port: "70000" is not a port'],
    ['an unknown pace', { pace: 'quick' as 'timed' }, 'pace: "quick" is not one of'],
    ['an unknown option', { ports: 1 } as object, 'no option ports'],
    [
      'an incomplete pair',
      { keys: { apiKey: 'key', secretKey: '' } },
      'keys.secretKey: the value is not a key',
    ],
  ])('refuses %s', async (_what, options, message) => {
    await expect(startMockjet(options)).rejects.toThrow(message);
  });
});

describe('an account', () => {
  it('has faults', async () => {
    const { faults } = mockjet.defaultAccount;
    const fault = await faults.add({
      operation: 'contact create',
      error: 'tooManyRequests',
      nth: 1,
    });
    expect((await makeContact('grace@example.com')).status).toBe(429);
    expect((await makeContact('grace@example.com')).status).toBe(201);
    expect(await faults.list()).toMatchObject([{ id: fault.id, hits: 1 }]);
    await faults.remove(fault.id);
    expect(await faults.list()).toEqual([]);
    await expect(faults.remove(fault.id)).rejects.toThrow(`There is no fault ${fault.id}`);
  });

  it('has its errors by status, in the words of the control API', async () => {
    const error = await mockjet.faults.add({ path: '/v3/*' }).catch((failure) => failure);
    expect(error).toBeInstanceOf(MockjetError);
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining('say what') });
  });

  it('has a rate limit', async () => {
    const { rateLimit } = mockjet.defaultAccount;
    await rateLimit.set({ capacity: 1, perSecond: 0 });
    expect((await makeContact('edsger@example.com')).status).toBe(201);
    expect((await makeContact('edsger2@example.com')).status).toBe(429);
    expect(await rateLimit.read()).toEqual({ capacity: 1, perSecond: 0, left: 0 });
    await rateLimit.clear();
    expect(await rateLimit.read()).toBeNull();
  });

  it('has a journal that is found, waited for and cleared', async () => {
    const { requests } = mockjet.defaultAccount;
    await requests.clear();
    const waiting = requests.wait({ operation: 'contact create', count: 2, within: '10s' });
    await makeContact('barbara@example.com');
    await makeContact('donald@example.com');
    expect(await waiting).toHaveLength(2);
    expect(await requests.find({ email: 'donald@example.com' })).toMatchObject([
      { method: 'POST', status: 201, body: { Email: 'donald@example.com' } },
    ]);
    await expect(requests.wait({ status: 503, within: '10ms' })).rejects.toThrow(
      'The last calls were: POST /v3/REST/contact 201 (contact create)',
    );
    await requests.clear();
    expect(await requests.find()).toEqual([]);
  });

  it('names variables that lead an application to it', () => {
    expect(mockjet.env).toMatchObject({
      MJ_APIKEY_PUBLIC: mockjet.apiKey,
      MJ_APIKEY_PRIVATE: mockjet.secretKey,
      HTTPS_PROXY: mockjet.url,
    });
  });
});

it('has types that are those of the server', () => {
  expectTypeOf<RecordedRequest>().toEqualTypeOf<JournalEntry>();
  expectTypeOf<keyof Fault>().toEqualTypeOf<keyof ControlFault>();
});

it('closes although a test still waits for calls, and tells it that there were none', async () => {
  const ending = await startMockjet();
  const { requests } = await ending.account();
  const waiting = requests.wait({ operation: 'contact create', within: '60s' }).catch(String);
  await turns(50); // the wait has begun: it asks without a connection
  await ending.close();
  expect(await waiting).toContain('There was no call at all');
});
