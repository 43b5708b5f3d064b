import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry, type Registry } from './registry.ts';
import type { RegistryOptions } from './registry-options.ts';

let dataDirectory: string;
let open: Registry[] = [];
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'mockjet-registry-'));
});
afterEach(() => {
  for (const registry of open) registry.close();
  open = [];
  rmSync(dataDirectory, { recursive: true });
});

function start(options: RegistryOptions = {}): Registry {
  const registry = createRegistry(options);
  open.push(registry);
  return registry;
}

const nameOfList = (registry: Registry, apiKey: string) =>
  registry.authenticate(apiKey, 'secret')?.sql('SELECT Name FROM contactslist').get();
const rename = (registry: Registry, apiKey: string, name: string) =>
  registry.authenticate(apiKey, 'secret')?.sql('UPDATE contactslist SET Name = ?').run(name);

describe('Without a configured pair', () => {
  it('any pair opens an account of its own', () => {
    const registry = start();
    rename(registry, 'ann', 'List of Ann');
    expect(nameOfList(registry, 'ann')).toEqual({ Name: 'List of Ann' });
    expect(nameOfList(registry, 'bob')).toEqual({ Name: 'MyFirstTest' });
    expect(registry.accounts().map(({ apiKey }) => apiKey)).toEqual(['ann', 'bob']);
  });

  it.each([
    ['', 'secret'],
    ['ann', ''],
    ['', ''],
  ])('the pair "%s" and "%s" is none', (apiKey, secretKey) => {
    const registry = start();
    expect(registry.authenticate(apiKey, secretKey)).toBeUndefined();
    expect(registry.accounts()).toEqual([]);
  });

  it('a known key with another secret is refused', () => {
    const registry = start();
    registry.authenticate('ann', 'secret');
    for (const guess of ['Secret', 'secret ', 'x'])
      expect(registry.authenticate('ann', guess)).toBeUndefined();
  });

  it('keys differ by case', () => {
    const registry = start({ dataDirectory });
    rename(registry, 'ann', 'List of Ann');
    expect(nameOfList(registry, 'ANN')).toEqual({ Name: 'MyFirstTest' });
  });

  it('tells of each account that opens, once', () => {
    const told: string[] = [];
    const registry = start({ onOpen: ({ apiKey }) => told.push(apiKey) });
    for (const key of ['ann', 'bob', 'ann']) registry.authenticate(key, 'secret');
    expect(told).toEqual(['ann', 'bob']);
  });
});

describe('With a data directory', () => {
  it('an account is a file that can be opened again', () => {
    rename(start({ dataDirectory }), 'ann', 'List of Ann');
    open[0]?.close();
    expect(readdirSync(join(dataDirectory, 'accounts'))).toEqual(['ann.sqlite']);
    expect(nameOfList(start({ dataDirectory }), 'ann')).toEqual({ Name: 'List of Ann' });
  });

  it.each([
    '../../etc/passwd',
    '..',
    '.',
    '/etc/passwd',
    'a\\b',
    'c%3akeys',
    'ANN',
    '~ann',
    'ключ',
    '😀',
    '%2e%2e%2f',
    'k'.repeat(200),
    'ann.sqlite',
    'ann-wal',
  ])('the key "%.20s" names a file in the folder', (apiKey) => {
    const registry = start({ dataDirectory });
    rename(registry, apiKey, 'Its list');
    const [file, ...rest] = readdirSync(join(dataDirectory, 'accounts')).filter((name) =>
      name.endsWith('.sqlite'),
    );
    expect(file).toMatch(/^(~[0-9a-f]{32}|[a-z0-9_-]{1,64})\.sqlite$/);
    expect(rest).toEqual([]);
    expect(readdirSync(dataDirectory)).toEqual(['accounts', 'lock.sqlite']);
    registry.close();
    expect(nameOfList(start({ dataDirectory }), apiKey)).toEqual({ Name: 'Its list' });
  });

  it('all accounts are opened at the start', async () => {
    const registry = start({ dataDirectory });
    for (const key of ['ann', 'bob', 'ключ']) registry.authenticate(key, 'secret');
    registry.close();
    const again = start({ dataDirectory });
    expect(await again.openAll()).toEqual([]);
    expect(
      again
        .accounts()
        .map(({ apiKey }) => apiKey)
        .sort(),
    ).toEqual(['ann', 'bob', 'ключ']);
  });

  it('a file that holds no account is told by name, with a remedy', async () => {
    const folder = join(dataDirectory, 'accounts');
    mkdirSync(folder);
    writeFileSync(join(folder, 'bob.sqlite'), ''); // cut short
    const foreign = new Sqlite(join(folder, 'eve.sqlite'));
    foreign.exec('CREATE TABLE recipe (name)');
    foreign.close();
    const registry = start({ dataDirectory });
    for (const name of ['bob', 'eve']) {
      const path = join(folder, `${name}.sqlite`);
      expect((await registry.openAll()).map(({ message }) => message)).toContainEqual(
        expect.stringMatching(new RegExp(`${path}.*no account of Mockjet.*[Mm]ove`)),
      );
      expect(() => registry.authenticate(name, 'secret')).toThrow(path);
    }
    const untouched = new Sqlite(join(folder, 'eve.sqlite'), { readonly: true });
    expect(untouched.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'recipe' }]);
    untouched.close();
    expect(registry.authenticate('ann', 'secret')).toBeDefined();
  });

  it('a file that is no database is told by name, and the others are opened', async () => {
    start({ dataDirectory }).authenticate('ann', 'secret');
    open[0]?.close();
    const broken = join(dataDirectory, 'accounts', 'broken.sqlite');
    writeFileSync(broken, 'a text of some length that is no database at all '.repeat(100));
    writeFileSync(join(dataDirectory, 'accounts', 'README.txt'), 'not ours');
    const registry = start({ dataDirectory });
    expect((await registry.openAll()).map(({ message }) => message)).toEqual([
      expect.stringContaining(broken),
    ]);
    expect(registry.accounts().map(({ apiKey }) => apiKey)).toEqual(['ann']);
    expect(existsSync(broken)).toBe(true);
  });
});
