import type { Account } from '../accounts/account.ts';
import { writeJson } from '../lib/json.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { eventBody, webhookNames } from './event-body.ts';
import { type Hook, hooksInUse } from './hooks.ts';
import { enqueue } from './queue.ts';
import { type TestEventForm, testEvent } from './test-event.ts';
import { eventsAfter } from './told-events.ts';

/** Tells the account's URLs of the events behind an ID, in their order. Runs inside the transaction that made them. */
export function tellEvents(account: Account, outbox: Outbox, after: bigint): void {
  const hooks = hooksInUse(account);
  if (hooks.size === 0) return;
  let open: { hook: Hook; bodies: string[]; first: bigint } | undefined;
  const end = () => open && enqueue(account, outbox, open.hook, open.bodies, open.first);
  for (const event of eventsAfter(account, after)) {
    const hook = hooks.get(webhookNames[event.EventType] ?? '');
    if (hook === undefined) continue;
    if (open?.hook.Url !== hook.Url || open.hook.Version !== hook.Version) {
      end();
      open = { hook, bodies: [], first: event.ID };
    }
    open.bodies.push(writeJson(eventBody(event)));
  }
  end();
}

/** Posts a test event to one URL, whatever its status; false where there is none of that ID. */
export function tellTest(
  account: Account,
  outbox: Outbox,
  id: bigint,
  form: TestEventForm,
): boolean {
  const hook = account
    .sql('SELECT EventType, Url, Version FROM eventcallback WHERE ID = ?')
    .get(id) as Hook | undefined; // the columns selected
  if (hook === undefined) return false;
  const body = testEvent(hook.EventType, Math.floor(account.clock.now() / 1000), form);
  account.write(() => enqueue(account, outbox, hook, [writeJson(body)], 0n));
  return true;
}
