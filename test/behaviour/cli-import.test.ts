import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, startMockjet } from '../../src/index.ts';
import { mockjet, mockjetOnTerminal } from '../support/command.ts';

let server: Mockjet;
let folder: string;
beforeAll(async () => {
  server = await startMockjet({ pace: 'timed', stateMs: 60 });
  folder = mkdtempSync(join(tmpdir(), 'mockjet-import-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The options that name a file, a list and an account. */
function importing(file: string, csv: string, key: string): string[] {
  const path = join(folder, file);
  writeFileSync(path, csv);
  return ['import', path, '--list', 'Newsletter', '--url', server.url, '--user', `${key}:secret`];
}

async function rows(key: string, path: string) {
  const authorization = `Basic ${btoa(`${key}:secret`)}`;
  const answer = await fetch(`${server.url}/v3/REST/${path}`, { headers: { authorization } });
  const { Data } = (await answer.json()) as { Data: { ID: number }[] };
  return Data;
}

const contacts = 'email,name\nada@example.com,Ada\ngrace@example.com,Grace\n';

describe('mockjet import', () => {
  it('takes no list for another whose ID differs only beyond 53 bits', async () => {
    const user = { apiKey: 'exact', secretKey: 'secret' };
    const account = await server.account(user);
    await account.seed({
      lists: [
        { name: 'Other', id: '9007199254740992' },
        { name: 'Newsletter', id: '9007199254740993' },
      ],
    });
    const { code, stdout } = await mockjet(importing('exact.csv', contacts, 'exact'));
    expect([code, stdout]).toEqual([0, 'Completed: 2 rows added to list 9007199254740993\n']);
    expect(await rows('exact', 'listrecipient?ContactsList=9007199254740992')).toEqual([]);
    expect(await rows('exact', 'listrecipient?ContactsList=9007199254740993')).toHaveLength(2);
  });

  it('imports into a list that it makes, and into the same one the next time', async () => {
    const argv = importing('contacts.csv', contacts, 'twice');
    const { code, stdout } = await mockjet(argv);
    const [list] = await rows('twice', 'contactslist?Name=Newsletter');
    expect([code, stdout]).toEqual([0, `Completed: 2 rows added to list ${list?.ID}\n`]);
    const again = JSON.parse((await mockjet([...argv, '--json', '--method', 'unsub'])).stdout);
    expect(again).toMatchObject({ list: list?.ID, status: 'Completed', count: 2, errorFile: null });
    expect(await rows('twice', `listrecipient?ContactsList=${list?.ID}`)).toMatchObject([
      { IsUnsubscribed: true },
      { IsUnsubscribed: true },
    ]);
  });

  it('saves what was refused beside the file', async () => {
    const argv = importing('mixed.csv', `${contacts}nobody,None\n`, 'mixed');
    const { code, stdout } = await mockjet(argv);
    const errorFile = join(folder, 'mixed.errors.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Completed: 2 rows added to list \d+, 1 of 3 refused; see /);
    expect(stdout).toContain(`; see ${errorFile}\n`);
    expect(readFileSync(errorFile, 'utf8')).toContain('nobody');
  });

  it('leaves the errors of an earlier import where they are', async () => {
    const argv = importing('again.csv', 'email\nnobody\n', 'again');
    writeFileSync(join(folder, 'again.errors.csv'), 'mine');
    const saved = [];
    for (let run = 0; run < 2; run += 1)
      saved.push(JSON.parse((await mockjet([...argv, '--json'])).stdout).errorFile);
    expect(saved).toEqual(
      ['again.errors-2.csv', 'again.errors-3.csv'].map((name) => join(folder, name)),
    );
    expect(readFileSync(join(folder, 'again.errors.csv'), 'utf8')).toBe('mine');
  });

  it('shows on a terminal how far it is', async () => {
    const { stdout } = await mockjetOnTerminal(importing('shown.csv', contacts, 'terminal'));
    expect(stdout).toMatch(/\[ {30}\] 0% Upload.*Completed: 2 rows/s);
  });

  it('shows nothing of it elsewhere', async () => {
    const { stderr } = await mockjet(importing('quiet.csv', contacts, 'quiet'));
    expect(stderr).toBe('');
  });

  it('fails when the job does, and saves why', async () => {
    const { code, stdout } = await mockjet(importing('headless.csv', 'name\nAda\n', 'headless'));
    const errorFile = join(folder, 'headless.errors.csv');
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^Error: /)]);
    expect(stdout).toContain(`see ${errorFile}`);
    expect(readFileSync(errorFile, 'utf8')).toContain('Email column not found');
  });

  it.each([
    ['a file that is not there', ['import', 'none.csv', '--list', 'News'], 'none.csv'],
    ['credentials that open no account', [], 'does not know these credentials'],
  ])('fails for %s', async (_what, argv, message) => {
    await mockjet(importing('known.csv', contacts, 'known'));
    const given = argv.length > 0 ? argv : importing('known.csv', contacts, 'known').slice(0, 4);
    const common = ['--url', server.url, '--user', 'known:another'];
    const { code, stderr } = await mockjet([...given, ...common]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
