import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRegistry } from './registry.ts';

const root = mkdtempSync(join(tmpdir(), 'mockjet-read-only-'));
afterAll(() => rmSync(root, { recursive: true }));

/** root may write everywhere, so it becomes nobody for the time of the work. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** A data directory that a server has used, and everybody may write to. */
function usedBefore(name: string): string {
  const dataDirectory = join(root, name);
  const registry = createRegistry({ dataDirectory });
  for (const key of ['anna', 'ben']) registry.authenticate(key, 'secret');
  registry.close();
  for (const path of ['..', '.', ...readdirSync(dataDirectory, { recursive: true })])
    chmodSync(join(dataDirectory, String(path)), String(path).endsWith('e') ? 0o666 : 0o777);
  return dataDirectory;
}

it.each([
  ['.', 0o555],
  ['accounts', 0o555],
  ['lock.sqlite', 0o444],
])('a data directory stops the start where %s is read-only', async (path, mode) => {
  const dataDirectory = usedBefore(`of-${path}`);
  chmodSync(join(dataDirectory, path), mode);
  await asNobody(async () => {
    expect(() => createRegistry({ dataDirectory })).toThrow(
      /^Cannot write to the data directory .*EACCES.*Let the user that runs Mockjet write there/,
    );
  });
  chmodSync(join(dataDirectory, path), 0o777);
});

it('an account whose file alone is read-only is named, and the others serve', async () => {
  const dataDirectory = usedBefore('one');
  const path = join(dataDirectory, 'accounts', 'anna.sqlite');
  chmodSync(path, 0o444);
  await asNobody(async () => {
    const registry = createRegistry({ dataDirectory });
    const failures = (await registry.openAll()).map(({ message }) => message);
    expect(failures).toEqual([expect.stringContaining(path)]);
    expect(failures[0]).toMatch(/EACCES.*Let the user that runs Mockjet write to the file/);
    expect(() => registry.authenticate('anna', 'secret')).toThrow(path);
    const ben = registry.authenticate('ben', 'secret');
    ben?.sql("UPDATE contactslist SET Name = 'Readers'").run();
    expect(ben?.sql('SELECT Name FROM contactslist').get()).toEqual({ Name: 'Readers' });
    registry.close();
  });
});
