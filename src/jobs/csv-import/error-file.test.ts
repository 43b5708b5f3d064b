import { expect, it } from 'vitest';
import { findFile, readFile } from '../../accounts/data-store.ts';
import { createRegistry } from '../../accounts/registry.ts';
import type { Job } from '../job.ts';
import { appendErrors } from './error-file.ts';

const line = Buffer.from('ann, ###Invalid email###email\n');

it('an error file ends with a word about it once it is long enough', () => {
  const registry = createRegistry({});
  const account = registry.create({ apiKey: 'ann', secretKey: 'secret' });
  const job = { id: 5n, progress: {}, importOptions: '' } as unknown as Job; // what is read of it
  const { errorFile = '' } = appendErrors(account, job, [line, line]);
  const id = BigInt(errorFile);
  const size = () => findFile(account, id)?.size ?? 0;
  const next = { ...job, progress: { errorFile } };
  const text = () => readFile(account, id, 0, size()).toString();
  const before = text();
  expect(before.split('\n').slice(-3)).toEqual([
    line.toString().trim(),
    line.toString().trim(),
    '',
  ]);

  // as long as a file of many megabytes, of which the last bytes alone are there
  const grown = 64 * 1024 * 1024 - 10;
  account.sql('UPDATE data SET size = ? WHERE ID = ?').run(grown, id);
  expect(appendErrors(account, next, [line])).toEqual({ errorFile });
  const end = () => readFile(account, id, grown, 1000).toString();
  const last = `${line}, ###Mockjet leaves out further errors: this file is long enough\n`;
  expect(end()).toBe(last);
  expect(appendErrors(account, next, [line, line])).toEqual({ errorFile });
  expect(end()).toBe(last);
  registry.close();
});
