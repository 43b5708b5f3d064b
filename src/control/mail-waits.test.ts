import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { createRegistry } from '../accounts/registry.ts';
import { accept } from '../mail/accept.ts';
import { emptyDraft } from '../mail/draft.ts';
import { conditionsOf } from '../mail/mail-conditions.ts';
import { removeMails } from '../mail/remove-mails.ts';
import { createMailWaits, type MailWaits } from './mail-waits.ts';

let registry: ReturnType<typeof createRegistry>;
let account: Account;
let waits: MailWaits;
beforeEach(() => {
  registry = createRegistry();
  account = registry.create({ apiKey: 'shop', secretKey: 'secret' });
  waits = createMailWaits(account);
});
afterEach(() => {
  waits.close();
  registry.close();
});

/** ms; longer than a test lasts. */
const long = 60_000;
const toAnn = conditionsOf({ to: 'ann@example.com' });
const send = (email: string) =>
  account.write(() =>
    accept(account, [{ ...emptyDraft('v3.1'), to: [{ email, name: '' }] }], {
      requestGuid: '',
      stepMs: 0,
      isStrict: false,
      numbersSandbox: false,
      render: (_account, draft) => draft,
    }),
  )[0]?.mailId ?? 0n;
/** Lets all that is stored be looked at. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it('ends with the mail that makes them enough', async () => {
  send('ann@example.com');
  let isOver = false;
  const wait = waits.wait(toAnn, 3, long).finally(() => {
    isOver = true;
  });
  for (const email of ['bob@example.com', 'ann@example.com', 'bob@example.com']) {
    send(email);
    await turn();
  }
  expect(isOver).toBe(false);
  send('ann@example.com');
  expect(await wait).toBe(true);
});

it('does not count what is gone', async () => {
  const first = send('ann@example.com');
  let isOver = false;
  const wait = waits.wait(toAnn, 2, long).finally(() => {
    isOver = true;
  });
  await turn();
  await removeMails(account, [first]);
  send('ann@example.com');
  for (let i = 0; i < 5; i += 1) await turn();
  expect(isOver).toBe(false);
  send('ann@example.com');
  expect(await wait).toBe(true);
});

it('goes on in the database that the account has now', async () => {
  const wait = waits.wait(toAnn, 2, long);
  send('ann@example.com');
  await turn();
  registry.reset(account);
  send('ann@example.com');
  await turn();
  send('ann@example.com');
  expect(await wait).toBe(true);
});

it('sees a status that an old mail comes to', async () => {
  const id = send('ann@example.com');
  const wait = waits.wait(conditionsOf({ status: 'sent' }), 1, long);
  await turn();
  account.write(() => account.sql("UPDATE message SET Status = 'sent' WHERE mailID = ?").run(id));
  expect(await wait).toBe(true);
});

it('ends when its time is over', async () => {
  expect(await waits.wait(toAnn, 1, 0)).toBe(false);
});

it('is refused above a number, and all end when the account is closed', async () => {
  const all = Array.from({ length: 200 }, () => waits.wait(toAnn, 1, long));
  await expect(waits.wait(toAnn, 1, long)).rejects.toThrow('There are 200 waits for mails already');
  waits.close();
  expect(new Set(await Promise.all(all))).toEqual(new Set([false]));
  expect(await waits.wait(toAnn, 1, 0)).toBe(false);
});
