import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageStates } from '../../src/mail/message-states.ts';
import { outcomeAddresses } from '../../src/mail/outcome-addresses.ts';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { message, send } from '../support/sending.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** An account, and how a mail of it fares: status, reason and history. */
function accountWithMail() {
  const account = freshAccount(mock);
  const control = (method: string, path: string, body?: unknown) =>
    account.call(method, `/_mockjet${path}`, { body });
  const post = (to: string, more: object = {}) =>
    account.call('POST', '/v3.1/send', { body: send(message({ To: [{ Email: to }], ...more })) });
  const idOf = (body: string) => /"MessageID":(\d+)/.exec(body)?.[1];
  const fate = async (id: string | undefined) => {
    const { Status, StateID, StatePermanent } = rowOf(await account.get(`message/${id}`));
    const history = rowsOf(await account.get(`messagehistory/${id}`));
    return {
      status: Status,
      state: StateID,
      isPermanent: StatePermanent,
      history: history.map(({ EventType }) => EventType),
    };
  };
  return { ...account, control, post, idOf, fate };
}

it.each([
  ['sent@mockjet.test', 'sent', undefined, false, ['sent']],
  ['deferred@mockjet.test', 'deferred', 13, false, []],
  ['softbounce@mockjet.test', 'softbounced', 3, false, ['bounced']],
  ['hardbounce@mockjet.test', 'hardbounced', 1, true, ['bounced']],
  ['HardBounce+ann@Mockjet.Test', 'hardbounced', 1, true, ['bounced']],
  ['blocked@mockjet.test', 'blocked', 14, false, ['blocked']],
  ['spam+anything@mockjet.test', 'spam', undefined, false, ['sent', 'spam']],
  ['click@mockjet.test', 'clicked', undefined, false, ['sent', 'opened', 'clicked']],
  ['unsub@mockjet.test', 'unsub', undefined, false, ['sent', 'opened', 'unsub']],
  ['relay-access-denied@mockjet.test', 'softbounced', 6, false, ['bounced']],
  ['typofix@mockjet.test', 'blocked', 19, false, ['blocked']],
  ['nobody@mockjet.test', 'sent', undefined, false, ['sent']],
])('%s comes to %s', async (to, status, state, isPermanent, history) => {
  const { post, idOf, fate } = accountWithMail();
  expect(await fate(idOf((await post(to)).body))).toEqual({ status, state, isPermanent, history });
});

it('every reason of messagestate has an address', async () => {
  const { get } = accountWithMail();
  const states = rowsOf(await get('messagestate?Limit=100'));
  expect(states.map(({ State }) => State)).toEqual(messageStates);
  const described = outcomeAddresses.map(({ description }) => description);
  for (const state of messageStates)
    expect(described.some((sentence) => sentence.endsWith(`: ${state}.`))).toBe(true);
});

it('an outcome leaves its mark on the contact', async () => {
  const { post, get } = accountWithMail();
  for (const name of ['spam', 'unsub', 'hardbounce']) await post(`${name}@mockjet.test`);
  const contact = async (name: string) => rowOf(await get(`contact/${name}@mockjet.test`));
  expect(await contact('spam')).toMatchObject({ DeliveredCount: 1, IsSpamComplaining: true });
  expect((await contact('unsub')).UnsubscribedAt).not.toBe('');
  expect(await contact('hardbounce')).toMatchObject({ DeliveredCount: 0, UnsubscribedAt: '' });
});

it('the first rule that fits is taken, nth and count as for faults', async () => {
  const { post, idOf, fate, control } = accountWithMail();
  const added = await control('POST', '/outcomes', {
    to: '*@shop.example',
    customId: 'order-*',
    outcome: 'blocked',
    reason: 'blacklisted',
    count: 1,
  });
  expect(added.status).toBe(201);
  await control('POST', '/outcomes', { subject: '*flight*', nth: 2, outcome: 'hardbounced' });
  const sent = async (to: string, more?: object) =>
    (await fate(idOf((await post(to, more)).body))).status;
  expect([
    await sent('ann@shop.example', { CustomID: 'other' }),
    await sent('ann@shop.example', { CustomID: 'order-1' }),
    await sent('ann@shop.example', { CustomID: 'order-2' }),
    await sent('bob@shop.example', { CustomID: 'order-3' }), // ann is preblocked by now
  ]).toEqual(['sent', 'blocked', 'hardbounced', 'sent']);
  const { outcomes } = JSON.parse((await control('GET', '/outcomes')).body);
  expect(outcomes).toMatchObject([
    { id: 1, seen: 1, hits: 1, isActive: false },
    { id: 2, seen: 2, hits: 1, isActive: false },
  ]);
  expect((await control('DELETE', '/outcomes/1')).status).toBe(204);
  expect((await control('DELETE', '/outcomes/1')).status).toBe(404);
});

it('what follows comes after its delay on the clock of the account', async () => {
  const { post, idOf, fate, control } = accountWithMail();
  await control('POST', '/clock/freeze', { at: '2026-03-01T09:00:00Z' });
  await control('POST', '/outcomes', {
    outcome: 'deferred',
    later: [
      { status: 'sent', after: '1h' },
      { status: 'opened', after: '1d' },
      { status: 'clicked', after: 1000, url: 'https://example.com/' },
    ],
  });
  const id = idOf((await post('ann@example.com')).body);
  const seen = [(await fate(id)).status];
  for (const by of ['59m', '1m', '1d', '1s']) {
    await control('POST', '/clock/advance', { by });
    seen.push((await fate(id)).status);
  }
  expect(seen).toEqual(['deferred', 'deferred', 'sent', 'opened', 'clicked']);
});

it.each([
  [{}, 'outcome'],
  [{ outcome: 'lost' }, 'outcome'],
  [{ outcome: 'blocked', reason: 'no idea' }, 'reason'],
  [{ outcome: 'sent', later: [{ status: 'opened', after: -1 }] }, 'later.0.after'],
  [{ outcome: 'sent', recipient: '*' }, 'recipient'],
])('a rule that says %j is refused', async (rule, part) => {
  const answer = await accountWithMail().control('POST', '/outcomes', rule);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(part);
});
