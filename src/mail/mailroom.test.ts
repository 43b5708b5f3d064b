import { expect, it } from 'vitest';
import { createRegistry } from '../accounts/registry.ts';
import { emptyDraft } from './draft.ts';
import type { LifePace } from './life.ts';
import { createMailroom } from './mailroom.ts';
import { addRule } from './outcome-rules.ts';

it.each<[pace: LifePace['pace'], to: string]>([
  ['timed', 'later@example.com'],
  ['instant', 'later@example.com'],
  ['held', 'ann@example.com'],
])('under %s nothing waits for a message that was dropped', (pace, to) => {
  const registry = createRegistry();
  const account = registry.create({ apiKey: 'ann', secretKey: 'secret' });
  account.clock.freeze();
  const mailroom = createMailroom({
    paceOf: () => ({ pace, stateMs: 1000 }),
    bounds: { mails: 10, mailsBytes: 1000, messages: 1 },
    senders: 'permissive',
    templates: {
      templateSteps: 1000,
      templateBytes: 1000,
      templateErrors: 'block',
      templateLoops: 'reached',
    },
    sandboxIds: 'none',
    onDropped: () => {},
    onFailure: (error) => {
      throw error;
    },
  });
  addRule(account, {
    to: 'later@example.com',
    outcome: 'deferred',
    later: [{ status: 'sent', after: 60_000 }],
  });
  const draft = { ...emptyDraft('v3.1' as const), from: { email: 'shop@example.com', name: '' } };
  const take = (email: string) =>
    mailroom.take(account, [{ ...draft, to: [{ email, name: '' }] }], '');
  const due = () =>
    account.db.prepare('SELECT email FROM message WHERE dueAt IS NOT NULL').pluck().all();
  const [first] = take(to);
  expect(due()).toEqual([to]);
  take('bob@example.com');
  expect(due()).toEqual(pace === 'instant' ? [] : ['bob@example.com']);
  expect(mailroom.life.release(account, first?.mailId ?? 0n)).toBe(0);
  if (pace === 'instant') expect(mailroom.life.isIdle(account)).toBe(true);
  registry.close();
});
