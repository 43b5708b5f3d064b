import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { buildApp } from '../../src/app.ts';
import { describe as describeResource } from '../../src/engine/metadata.ts';
import { note } from '../support/adding-a-resource/note.ts';
import { type FreshAccount, freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/adding-a-resource.md'), 'utf8');
const declaration = readFileSync(
  join(import.meta.dirname, '../support/adding-a-resource/note.ts'),
  'utf8',
);

/** The page's code, in its order, without the indentation of its list. */
const [schema = '', range = '', declared = '', entry = '', listed = ''] = [
  ...page.matchAll(/^ {3}```\w+\n([\s\S]*?)^ {3}```$/gm),
].map(([, code = '']) => code.replace(/^ {3}/gm, ''));

let copy: string;
let mock: Mock;
let account: FreshAccount;

/** Does what the page says, in a copy of the sources. */
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'mockjet-resource-'));
  for (const folder of ['src', 'migrations'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const add = (path: string, text: string) => {
    expect(page).toContain(`\`${path}\``);
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  };
  const insert = (path: string, behind: RegExp, text: string) => {
    const before = readFileSync(join(copy, path), 'utf8');
    expect(before).toMatch(behind);
    add(
      path,
      before.replace(behind, (found) => `${found}\n${text}`),
    );
  };
  add('migrations/0100-note.sql', schema);
  insert('src/accounts/id-ranges.ts', /idRanges.* = \{$/m, range);
  add('src/resources/note.ts', declared);
  insert('src/resources/all.ts', /^import .*metadata\.ts';$/m, entry);
  insert('src/resources/all.ts', /^export const resources.*\[$/m, listed);

  const bundle = join(copy, 'dist/app.mjs');
  await build({
    entryPoints: [join(copy, 'src/app.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const app: { buildApp: typeof buildApp } = await import(pathToFileURL(bundle).href);
  mock = await startMock({}, 0, app.buildApp);
  account = freshAccount(mock);
});
afterAll(async () => {
  await mock?.close();
  rmSync(copy, { recursive: true, force: true });
});

it('The declaration on the page is one that was checked', () => {
  expect(declared).toBe(declaration.replaceAll('../../../src/', '../'));
});

it('Whoever follows the page has all five operations', async () => {
  const { get, post, put, remove } = account;
  const owner = rowOf(await get('contact')).ID;
  const made = await post('note', { ContactALT: 'owner@example.com', Title: 'Call back' });
  const { ID, CreatedAt } = rowOf(made);
  expect([made.status, Number(ID) > 10_000]).toEqual([201, true]);
  const row = { ContactID: owner, CreatedAt, ID, Status: 'open', Title: 'Call back' };
  expect(rowOf(made)).toEqual(row);
  expect(made.body).toMatch(/"ContactID" .*"CreatedAt" .*"ID" .*"Status" .*"Title" /);

  expect(rowOf(await get('note/Call%20back'))).toEqual(row);
  expect(rowsOf(await get(`note?Contact=${owner}&TitleLike=back`))).toEqual([row]);
  expect(rowOf(await put(`note/${ID}`, { Status: 'Done' })).Status).toBe('done');
  expect((await put(`note/${ID}`, { Status: 'done' })).status).toBe(304);

  expect((await post('note', { ContactID: owner, Title: 'Call back' })).reason).toBe(
    'MJ18 A Note resource with value "Call back" for Title already exists.',
  );
  expect((await post('note', { ContactID: 1, Title: 'Nobody' })).status).toBe(400);

  expect((await remove(`note/${ID}`)).status).toBe(204);
  expect(rowsOf(await get('note'))).toEqual([]);
  expect(rowsOf(await get('note?ShowDeleted=true'))).toEqual([{ ...row, Status: 'deleted' }]);
});

it('Metadata and coverage know the resource', async () => {
  const described = rowOf(await account.get('metadata/note'));
  expect(described).toEqual(describeResource(note));
  const { user } = account;
  const answer = await account.call('GET', '/_mockjet/coverage', { user });
  expect(answer.body).toContain('note create');
});
