import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, type MockjetAccount, startMockjet } from '../../src/index.ts';
import { mockjet } from '../support/command.ts';
import { mailjet } from '../support/mailjet.ts';

let server: Mockjet;
let folder: string;
beforeAll(async () => {
  server = await startMockjet();
  folder = mkdtempSync(join(tmpdir(), 'mockjet-state-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const ada = { contacts: [{ email: 'ada@example.com' }] };
const has = (account: MockjetAccount, email: string) =>
  mailjet(account, 'GET', `REST/contact/${email}`).then(
    () => true,
    () => false,
  );

/** Runs a command for an account, named by options. */
const as = ({ apiKey, secretKey, url }: MockjetAccount, ...argv: string[]) =>
  mockjet([...argv, '--url', url, '--user', `${apiKey}:${secretKey}`]);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('mockjet reset', () => {
  it('makes the account of the options new, and no other', async () => {
    const account = await server.account({ seed: ada });
    const other = await server.account({ seed: ada });
    const { code, stdout } = await as(account, 'reset');
    expect([code, stdout]).toEqual([0, `Reset ${account.apiKey}\n`]);
    expect(await has(account, 'ada@example.com')).toBe(false);
    expect(await has(other, 'ada@example.com')).toBe(true);
  });

  it('makes the account of the environment new', async () => {
    const account = await server.account({ seed: ada });
    const { stdout } = await mockjet(['reset', '--json'], { ...account.env });
    expect(JSON.parse(stdout)).toEqual({ reset: account.apiKey });
    expect(await has(account, 'ada@example.com')).toBe(false);
  });

  it('refuses a key that nobody has used, and makes no account of it', async () => {
    const unknown = { ...(await server.account()), apiKey: 'never-used' };
    const { code, stdout, stderr } = await as(unknown, 'reset');
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      'mockjet reset: the mock has no account with the key never-used\n',
    ]);
    const accounts = await fetch(`${server.url}/_mockjet/accounts`);
    expect(await accounts.text()).not.toContain('never-used');
  });

  it('makes all accounts new with --all, whatever keys the environment has', async () => {
    await using whole = await startMockjet();
    const account = await whole.account({ seed: ada });
    const { stdout } = await mockjet(['reset', '--all'], { ...account.env });
    expect(stdout).toBe('Reset all accounts\n');
    expect(await has(account, 'ada@example.com')).toBe(false);
  });

  it('fails with a wrong secret', async () => {
    const account = await server.account();
    const { code, stderr } = await as({ ...account, secretKey: 'guess' }, 'reset');
    expect([code, stderr]).toEqual([1, 'mockjet reset: These credentials open no account\n']);
  });
});

describe('mockjet seed', () => {
  it('adds what a JSON file holds', async () => {
    const account = await server.account();
    const path = file('seed.json', JSON.stringify({ ...ada, lists: [{ name: 'Readers' }] }));
    const { code, stdout } = await as(account, 'seed', path);
    const told = 'Seeded 1 list, 1 contact\n';
    expect([code, stdout]).toEqual([0, told]);
    expect(await has(account, 'ada@example.com')).toBe(true);
  });

  it('adds the contacts of a CSV file to a list', async () => {
    const account = await server.account();
    const path = file('seed.csv', 'email,name\nada@example.com,Ada\n');
    const { stdout } = await as(account, 'seed', path, '--list', 'Readers', '--json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ properties: 0, lists: 1, contacts: 1, subscriptions: 1 },
      ...{ senders: 0, signups: 0, outcomes: 0, mails: 0, templates: 0 },
    });
    expect(await mailjet(account, 'GET', 'REST/contactslist?Name=Readers')).toMatchObject([
      { SubscriberCount: 1 },
    ]);
  });

  it.each([
    ['text', 'seed.txt', 'Ada', 'is neither JSON nor named .csv'],
    ['a wrong document', 'wrong.json', '{"contacts":[{"email":"nobody"}]}', 'contacts'],
    ['a CSV without addresses', 'wrong.csv', 'name\nAda\n', 'line 1: the header names no column'],
  ])('refuses %s', async (_what, name, text, message) => {
    const { code, stderr } = await as(await server.account(), 'seed', file(name, text));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('mockjet snapshot', () => {
  it('saves, lists, restores and removes', async () => {
    const account = await server.account({ seed: ada });
    const name = 'with Ada';
    expect((await as(account, 'snapshot', 'save', name)).stdout).toBe('Saved with Ada\n');
    await account.reset();
    const restored = await as(account, 'snapshot', 'restore', name, '--json');
    expect(JSON.parse(restored.stdout)).toEqual({ restore: name });
    expect(await has(account, 'ada@example.com')).toBe(true);
    expect((await as(account, 'snapshot', 'list')).stdout).toMatch(
      /^with Ada\t.*Z\t2 contacts\t\d+ bytes\n$/,
    );
    expect((await as(account, 'snapshot', 'remove', name)).code).toBe(0);
    expect((await as(account, 'snapshot', 'list')).stdout).toBe('There are no snapshots\n');
    const { code, stderr } = await as(account, 'snapshot', 'restore', name);
    expect([code, stderr]).toEqual([
      1,
      'mockjet snapshot: The account has no snapshot "with Ada"; "mockjet snapshot list" lists them\n',
    ]);
  });
});
