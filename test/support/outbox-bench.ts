import type { Account } from '../../src/accounts/account.ts';
import { createRegistry, type Registry } from '../../src/accounts/registry.ts';
import type { Delivery, DeliveryKind } from '../../src/outbox/delivery.ts';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { deliveryState } from '../../src/outbox/rows.ts';

/** A try that a test ends itself. */
interface Begun {
  account: string;
  subjects: number[];
  signal: AbortSignal;
  succeed(): void;
  fail(why: string): void;
}

interface Bench {
  outbox: Outbox;
  registry: Registry;
  account: Account;
  /** The next try, once it begins. */
  next(): Promise<Begun>;
  /** Tries that have begun, and nobody has asked for. */
  begun: Begun[];
  failed: [subject: number, message: string, isLast: boolean][];
  dropped: number[];
  failures: unknown[];
  post(account: Account, ...subjects: number[]): void;
  stateOf(subject: number): unknown;
}

let registries: Registry[] = [];
/** Ends what a test's benches have open. */
export function closeBenches(): void {
  for (const registry of registries) registry.close();
  registries = [];
}

const gaps = [1000, 5000];

/** An outbox with one kind, whose tries a test ends, and an account whose clock stands still. */
export function bench(
  kind: Partial<DeliveryKind> = {},
  more: { most?: number; mostBytes?: number } = {},
): Bench {
  const begun: Begun[] = [];
  const asking: ((one: Begun) => void)[] = [];
  const failed: Bench['failed'] = [];
  const dropped: number[] = [];
  const failures: unknown[] = [];
  const outbox = createOutbox({
    kinds: [
      {
        name: 'test',
        together: 1,
        atOnce: { ofAccount: 2, ofAll: 3 },
        patience: 600_000,
        gap: ({ tries }: Delivery) => gaps[tries - 1],
        try: (account, deliveries, signal) =>
          new Promise((resolve, reject) => {
            const one: Begun = {
              account: account.apiKey,
              subjects: deliveries.map(({ subject }) => Number(subject)),
              signal,
              succeed: resolve,
              fail: (why) => reject(new Error(why)),
            };
            const asker = asking.shift();
            if (asker === undefined) begun.push(one);
            else asker(one);
          }),
        ...kind,
      },
    ],
    onFailed: (_account, { subject }, { message }, isLast) =>
      void failed.push([Number(subject), message, isLast]),
    onDropped: (_account, count) => void dropped.push(count),
    onFailure: (error) => void failures.push(error),
    ...more,
  });
  const registry = createRegistry({ onOpen: outbox.attach, onClose: outbox.detach });
  registries.push(registry);
  const account = registry.create({ apiKey: 'ann', secretKey: 'secret' });
  account.clock.freeze(1_780_000_000_000);
  return {
    ...{ outbox, registry, account, begun, failed, dropped, failures },
    next: () => {
      const first = begun.shift();
      return first === undefined
        ? new Promise((resolve) => asking.push(resolve))
        : Promise.resolve(first);
    },
    post: (whose, ...subjects) =>
      whose.write(() => {
        for (const subject of subjects)
          outbox.add(whose, {
            kind: 'test',
            subject: BigInt(subject),
            target: subject % 2 === 0 ? 'even' : 'odd',
            payload: 'x',
          });
      }),
    stateOf: (subject) => deliveryState(account, 'test', BigInt(subject)),
  };
}
