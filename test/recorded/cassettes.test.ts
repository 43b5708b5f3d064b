import { afterAll, beforeAll, expect, it } from 'vitest';
import { resources } from '../../src/resources/all.ts';
import { freshAccount } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { cassettes } from './cassettes.ts';
import { mailCassettes } from './mail-cassettes.ts';
import { senderCassettes } from './sender-cassettes.ts';
import { templateCassettes } from './template-cassettes.ts';
import { webhookCassettes } from './webhook-cassettes.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

it.each([
  ...cassettes,
  ...mailCassettes,
  ...senderCassettes,
  ...templateCassettes,
  ...webhookCassettes,
])('answers as recorded: $name', async ({ run }) => {
  await run(freshAccount(mock));
});

it('names only operations that there are', () => {
  const known = resources.flatMap(({ name, actions }) => [
    ...['list', 'get', 'create', 'update', 'remove'].map((operation) => `${name} ${operation}`),
    ...actions.flatMap((action) =>
      action.operations.map((verb) => `${name} ${action.name} ${verb}`.toLowerCase()),
    ),
  ]);
  const named = [
    ...cassettes,
    ...mailCassettes,
    ...senderCassettes,
    ...templateCassettes,
    ...webhookCassettes,
  ].flatMap((cassette) => cassette.operations);
  expect(named.filter((name) => !known.includes(name))).toEqual([
    'contacts delete',
    'send v3.1',
    'send v3.1',
    'send v3',
  ]);
});
