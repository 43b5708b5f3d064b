import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('A data directory', () => {
  it('a copy beside an account’s file is told, and takes nobody’s place', async () => {
    rename(start({ dataDirectory }), 'ann', 'List of Ann');
    open[0]?.close();
    const folder = join(dataDirectory, 'accounts');
    for (const copy of ['0ann', 'ann_backup', 'zann', 'ANN'])
      copyFileSync(join(folder, 'ann.sqlite'), join(folder, `${copy}.sqlite`));
    const registry = start({ dataDirectory, openAccounts: 1 });
    const failures = (await registry.openAll()).map(({ message }) => message);
    expect(failures).toHaveLength(4);
    for (const message of failures)
      expect(message).toMatch(
        /ann.*\.sqlite holds the account of another file, .*ann\.sqlite: move/i,
      );
    rename(registry, 'ann', 'Later');
    expect(() => registry.authenticate('ann_backup', 'secret')).toThrow(/ann_backup/);
    registry.authenticate('bob', 'secret'); // puts Ann's away
    expect(nameOfList(registry, 'ann')).toEqual({ Name: 'Later' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.sqlite'))).toHaveLength(6);
  });

  it('at the start every account is opened, and those without work are closed again', async () => {
    const before = start({ dataDirectory });
    for (let i = 0; i < 30; i += 1) before.authenticate(`reader${i}`, 'secret');
    before.close();
    const events: string[] = [];
    const registry = start({
      dataDirectory,
      onOpen: ({ apiKey }) => events.push(apiKey),
      isIdle: ({ apiKey }) => apiKey !== 'reader7',
    });
    expect(await registry.openAll()).toEqual([]);
    expect(events.sort()).toEqual([...Array(30).keys()].map((i) => `reader${i}`).sort());
    const stillOpen = registry.accounts().filter(({ isOpen }) => isOpen);
    expect(stillOpen.map(({ apiKey }) => apiKey)).toEqual(['reader7']);
  });

  it('the start takes turns with requests, and an account that is used meanwhile is opened once', async () => {
    const before = start({ dataDirectory });
    for (let i = 0; i < 100; i += 1) before.authenticate(`reader${i}`, 'secret');
    before.close();
    const events: string[] = [];
    const registry = start({ dataDirectory, onOpen: ({ apiKey }) => events.push(apiKey) });
    const opening = registry.openAll();
    const waiting = [...Array(100).keys()]
      .map((i) => `reader${i}`)
      .filter((key) => !events.includes(key));
    const [used = '', removed = ''] = waiting;
    expect(nameOfList(registry, used)).toEqual({ Name: 'MyFirstTest' });
    const account = registry.find(removed);
    if (account !== undefined) registry.remove(account);
    expect(await opening).toEqual([]);
    expect(events).toHaveLength(100);
    expect(registry.accounts()).toHaveLength(99);
  });

  it('what a stop left half written is removed at the next start, and nothing else', () => {
    start({ dataDirectory }).authenticate('ann', 'secret');
    open[0]?.close();
    const folder = join(dataDirectory, 'accounts');
    for (const name of ['ann.sqlite.new', 'ann.sqlite.new-journal', 'bob.sqlite.new', 'notes.new'])
      writeFileSync(join(folder, name), 'x');
    start({ dataDirectory });
    expect(readdirSync(folder).sort()).toEqual(['ann.sqlite', 'notes.new']);
  });

  it('what can’t be put in its place is not left half written', () => {
    const registry = start({ dataDirectory });
    const folder = join(dataDirectory, 'accounts');
    mkdirSync(join(folder, 'ann.sqlite'));
    expect(() => registry.create({ apiKey: 'ann', secretKey: 'secret' })).toThrow();
    expect(readdirSync(folder)).toEqual(['ann.sqlite']);
  });

  it('nobody else may read its folders and files', () => {
    const directory = join(dataDirectory, 'new');
    const registry = start({ dataDirectory: directory });
    registry.authenticate('ann', 'secret');
    registry.authenticate('Ключ', 'secret');
    const modes = ['.', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })].map(
      (name) => (statSync(join(directory, name)).mode & 0o777).toString(8),
    );
    expect(new Set(modes)).toEqual(new Set(['700', '600']));
  });

  it('that is removed or exchanged while it is used is told', () => {
    const registry = start({ dataDirectory });
    expect(registry.trouble()).toBeUndefined();
    rmSync(dataDirectory, { recursive: true });
    expect(registry.trouble()).toContain(dataDirectory);
    mkdirSync(dataDirectory);
    start({ dataDirectory });
    expect(registry.trouble()).toContain(dataDirectory);
  });
});
