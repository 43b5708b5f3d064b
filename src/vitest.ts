import { test as base, type TestAPI } from 'vitest';
import { type Mockjet, type MockjetAccount, type MockjetOptions, startMockjet } from './index.ts';
import { guardMailjet } from './vitest-guard.ts';

/** What `test` gives to each test. */
export interface MockjetFixtures {
  /** How the server is started: `test.extend({ mockjetOptions: [{ pace: 'polled' }, { scope: 'worker' }] })`. */
  mockjetOptions: MockjetOptions;
  /** One server for each worker. */
  mockjet: Mockjet;
  /**
   * A fresh account for each test. Its `env` is in `process.env` while the test runs; tests that run at the same
   * time in one file share that, and take the keys from here instead. Calls of the real Mailjet by `fetch` come to the
   * mock; other clients that know no proxy are refused.
   */
  account: MockjetAccount;
}

/** vitest's `test`, with a server for each worker and an account for each test, named by the test or not. */
export const test: TestAPI<MockjetFixtures> = base.extend<MockjetFixtures>({
  mockjetOptions: [{}, { scope: 'worker' }],
  mockjet: [
    async ({ mockjetOptions }, use) => {
      const mockjet = await startMockjet(mockjetOptions);
      await use(mockjet);
      await mockjet.close();
    },
    { scope: 'worker' },
  ],
  account: [
    async ({ mockjet }, use) => {
      const account = await mockjet.account();
      const restore = enterEnvironment(account.env);
      await use(account);
      restore();
      await account.remove();
    },
    { auto: true },
  ],
});

/** What tests that run now have set, the last one on top, and what was there before the first. */
const entered: Readonly<Record<string, string>>[] = [];
let before: Record<string, string | undefined> = {};
let leave = () => {};

/** Sets variables; returns the way to have back what was before, whatever tests end first. */
function enterEnvironment(variables: Readonly<Record<string, string>>): () => void {
  if (entered.length === 0) {
    leave = guardMailjet(() => entered.at(-1)?.MOCKJET_URL ?? '');
    before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  }
  entered.push(variables);
  show();
  return () => {
    entered.splice(entered.indexOf(variables), 1);
    show();
    if (entered.length === 0) leave();
  };
}

function show(): void {
  for (const [name, value] of Object.entries(entered.at(-1) ?? before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
