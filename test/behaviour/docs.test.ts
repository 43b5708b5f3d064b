import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCommand } from '../../src/cli/command-line.ts';
import { settings } from '../../src/config.ts';
import { findTarget } from '../../src/engine/dispatch.ts';
import { findResource } from '../../src/resources/all.ts';
import { allOperations } from '../../src/wire/operations.ts';
import { cassettes } from '../recorded/cassettes.ts';
import { mailCassettes } from '../recorded/mail-cassettes.ts';
import { recordedOperations } from '../recorded/operations.ts';
import { senderCassettes } from '../recorded/sender-cassettes.ts';
import { templateCassettes } from '../recorded/template-cassettes.ts';
import { webhookCassettes } from '../recorded/webhook-cassettes.ts';
import { declaredEvidence, withSection } from '../support/readme.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );

const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...filesIn('docs').filter((path) => path.endsWith('.md')),
];

describe('README', () => {
  it('has the tables that settings and declarations make (npm run docs writes them)', async () => {
    await expect(withSection(readme, 'settings')).toMatchFileSnapshot(join(root, 'README.md'));
    await expect(withSection(read('docs/support.md'), 'support')).toMatchFileSnapshot(
      join(root, 'docs/support.md'),
    );
  });

  const headings = [
    'Quick start',
    'Why Mockjet',
    'Connect your application',
    'Test with it',
    'Simulate trouble',
    'Explore',
    'Concepts',
    'Command line',
    'Settings',
    'Troubleshooting',
    'Contributing, changes, licence',
  ];
  it('has the headings that a newcomer looks for, in this order', () =>
    expect(readme.match(/^## .*$/gm)).toEqual(headings.map((heading) => `## ${heading}`)));

  // those about adding things name what is not there yet
  const finished = documents.filter((path) => !path.includes('adding-'));
  it.each(finished)('%s names only operations that exist', (path) => {
    const named = [...read(path).matchAll(/\boperation: '([^']+)'/g)].map(([, name]) => name);
    const known = allOperations().map(({ operation }) => operation);
    expect(known).toEqual(expect.arrayContaining(named));
  });

  it('names only settings that exist', () => {
    // MOCKJET_URL is what an application and a command read
    const known = ['MOCKJET_URL', ...Object.values(settings).map(({ environment }) => environment)];
    expect(known).toEqual(
      expect.arrayContaining(readme.match(/\b(MOCKJET|MJ)_[A-Z_]+\b/g)?.slice() ?? []),
    );
  });

  it('names only commands that exist', () => {
    const code = [...readme.matchAll(/```[\s\S]*?```|`[^`]+`/g)].map(([text]) => text).join('\n');
    const named = [...code.matchAll(/\bmockjet ([a-z]+)/g)].map(([, name = '']) => name);
    expect(named).toContain('wait');
    expect(named.filter((name) => name !== 'help' && !isCommand(name))).toEqual([]);
  });
});

describe('documents', () => {
  it.each(documents)('%s has no broken relative link', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !resolves(path, target));
    expect(broken).toEqual([]);
  });

  it('that code and configuration name exist', () => {
    const sources = [...filesIn('src'), ...filesIn('migrations')].filter((path) =>
      /\.(ts|sql)$/.test(path),
    );
    sources.push('biome.json', 'build.mjs');
    const named = sources.flatMap((path) => read(path).match(/docs\/[\w/-]+\.md/g) ?? []);
    expect(named).toContain('docs/decisions/round-trip.md');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** True when a link's file exists, and, for a heading, when the document has it. */
function resolves(from: string, target: string): boolean {
  const [file = '', heading] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(root, path))) return false;
  if (heading === undefined) return true;
  const headings = read(path).match(/^#+ .*$/gm) ?? [];
  return headings.some((line) => slug(line) === heading);
}

function slug(line: string): string {
  return line
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

describe('evidence', () => {
  it('is declared for every operation that is built', () => {
    expect(declaredEvidence().filter(([, evidence]) => evidence === undefined)).toEqual([]);
  });

  it('says recorded only where a recording or a cassette exercises the operation', () => {
    const proven = [
      ...Object.values(recordedOperations).flat(),
      ...[
        ...cassettes,
        ...mailCassettes,
        ...senderCassettes,
        ...templateCassettes,
        ...webhookCassettes,
      ].flatMap(({ operations }) => operations),
    ];
    const claimed = declaredEvidence().filter(([, evidence]) => evidence === 'recorded');
    expect(claimed.map(([name]) => name).filter((name) => !proven.includes(name))).toEqual([]);
  });

  const shared = join(root, '../shared');
  it.skipIf(!existsSync(shared)).each(Object.entries(recordedOperations))(
    'of %s is what the file exercises',
    (file, operations) => {
      if (!file.startsWith('recordings/')) return expect(existsSync(join(shared, file))).toBe(true);
      const { exchanges }: { exchanges: { method: string; path: string }[] } = JSON.parse(
        readFileSync(join(shared, file), 'utf8'),
      );
      const exercised = new Set(exchanges.map(({ method, path }) => operationOf(method, path)));
      expect([...exercised].sort()).toEqual(operations);
    },
  );
});

/** The name of what a request asks for. */
function operationOf(method: string, path: string): string {
  const [version, family = '', name = '', ...rest] = path.split('/').filter((part) => part !== '');
  if (version === 'v4') return `${family} ${method}`.toLowerCase();
  const resource = findResource(name);
  if (resource === undefined) throw new Error(`No resource for ${path}`);
  const { target } = findTarget(resource, method, rest);
  return 'operation' in target
    ? `${resource.name} ${target.operation}`
    : `${resource.name} ${target.action.name} ${target.verb}`.toLowerCase();
}
