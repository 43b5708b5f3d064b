import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

/**
 * What the files of each room may import, docs/decisions/layers.md. A room is a folder of `src/`, or `root` for the
 * files right below it. Each may import itself and `lib`.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  library: [],
  accounts: [],
  contacts: ['accounts'],
  engine: ['accounts'],
  templating: [],
  outbox: ['accounts'],
  mail: ['accounts', 'contacts', 'engine', 'outbox', 'templating'],
  jobs: ['accounts', 'contacts', 'engine'],
  sending: ['accounts', 'contacts', 'engine', 'mail'],
  webhooks: ['accounts', 'mail', 'outbox'],
  resources: ['accounts', 'contacts', 'engine', 'jobs', 'mail'],
  control: ['accounts', 'contacts', 'engine', 'jobs', 'mail', 'outbox', 'resources', 'webhooks'],
  wire: [
    'accounts',
    'contacts',
    'engine',
    'control',
    'engine',
    'jobs',
    'mail',
    'resources',
    'sending',
    'webhooks',
  ],
  cli: ['library', 'root', 'templating'],
  root: [
    'accounts',
    'cli',
    'control',
    'contacts',
    'engine',
    'jobs',
    'library',
    'mail',
    'outbox',
    'resources',
    'sending',
    'webhooks',
    'wire',
  ],
};

/** Libraries that stay in their rooms; types alone may be taken anywhere from those marked. */
const libraries: Readonly<Record<string, { rooms: readonly string[]; typesAnywhere?: true }>> = {
  fastify: { rooms: ['wire', 'root'] },
  '@fastify/basic-auth': { rooms: ['wire'] },
  'smtp-server': { rooms: ['wire'] },
  'better-sqlite3': { rooms: ['accounts'], typesAnywhere: true },
};

const source = join(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .sort();
const imported = /^(?:import|export)\s(type\s)?[^'"]*?from\s'([^']+)'/gm;

const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : 'root');

/** What a file imports: a room of ours or a library, and whether it is for types alone. */
function importsOf(file: string) {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(imported)].map(([, types, from = '']) => {
    const target = relative(source, join(source, dirname(file), from));
    return {
      isType: types !== undefined,
      from,
      room: from.startsWith('.') ? roomOf(target) : undefined,
    };
  });
}

it('every folder of src is a room of the table', () => {
  expect(files.map(roomOf).filter((room) => !(room in rooms))).toEqual([]);
});

it('imports point down only', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter(({ room }) => room !== undefined && room !== 'lib' && room !== roomOf(file))
      .filter(({ room = '' }) => !rooms[roomOf(file)]?.includes(room))
      .map(({ from }) => `${file} imports ${from}`),
  );
  expect(upward).toEqual([]);
});

it('libraries stay in their rooms', () => {
  const astray = files.flatMap((file) =>
    importsOf(file)
      .filter(({ from, isType }) => {
        const home = libraries[from];
        if (home === undefined || home.rooms.includes(roomOf(file))) return false;
        return !(isType && home.typesAnywhere);
      })
      .map(({ from }) => `${file} imports ${from}`),
  );
  expect(astray).toEqual([]);
});

it('no files import each other in a circle, types apart', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ isType, room }) => !isType && room !== undefined)
        .map(({ from }) => relative(source, join(source, dirname(file), from))),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});
