import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const minute = 60_000;
let project: string;

/** Runs a program in the project; resolves to what it printed. */
async function run(program: string, ...parts: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, parts, { cwd: project });
  return stdout.trim();
}

/** As `run`, with what it printed as errors, and without colours. */
async function runLoud(program: string, ...parts: string[]): Promise<string> {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    NODE_OPTIONS: '',
    VITEST: '',
    FORCE_COLOR: undefined,
  };
  const { stdout, stderr } = await promisify(execFile)(program, parts, { cwd: project, env });
  return `${stdout}${stderr}`;
}

const write = (name: string, text: string) => writeFileSync(join(project, name), text);

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'mockjet-package-'));
  write('package.json', '{ "name": "consumer", "private": true }');
  // what `npm test` has built: a new build would pull dist from under other tests
  await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--pack-destination', project], {
    cwd: root,
  });
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
  await run(
    'npm',
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `./${tarball}`,
    'jest@30',
  );
  for (const name of ['vitest', 'node-mailjet'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  cpSync(join(root, 'examples'), project, { recursive: true });
}, 5 * minute);

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** A test as a user writes it, but for how it gets hold of the package. */
const body = `
  const mockjet = await startMockjet();
  try {
    const authorization = 'Basic ' + btoa(mockjet.apiKey + ':' + mockjet.secretKey);
    const answer = await fetch(mockjet.url + '/v3/REST/contact', {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ Email: 'ada@example.com' }),
    });
    const [call] = await mockjet.defaultAccount.requests.find();
    const refused = await mockjet.faults.remove(1).catch((error) => error);
    console.log(answer.status, call?.operation, refused instanceof MockjetError);
  } finally {
    await mockjet.close();
  }
`;
const printed = '201 contact create true';

describe('the packed package, installed', { timeout: 2 * minute }, () => {
  it('holds one dependency', () => {
    const manifest = readFileSync(join(project, 'node_modules/mockjet/package.json'), 'utf8');
    expect(Object.keys(JSON.parse(manifest).dependencies)).toEqual(['better-sqlite3']);
  });

  it('is imported as an ES module', async () => {
    write('consumer.mjs', `import { MockjetError, startMockjet } from 'mockjet';\n${body}`);
    expect(await run('node', 'consumer.mjs')).toBe(printed);
  });

  it('is required as CommonJS, and is CommonJS to its core', async () => {
    const start = `const { MockjetError, startMockjet } = require('mockjet');`;
    write('consumer.cjs', `${start}\n(async () => {${body}})();`);
    expect(await run('node', '--no-experimental-require-module', 'consumer.cjs')).toBe(printed);
  });

  it.each([
    ['node16', 'consumer.mts'],
    ['node16', 'consumer.cts'],
    ['bundler', 'consumer.ts'],
    ['node10', 'consumer.ts'],
  ])('has types for %s in %s, without those of any other package', async (resolution, file) => {
    const typed = `import { MockjetError, startMockjet, type Mockjet, type Fault } from 'mockjet';
export async function useIt(): Promise<Fault[]> {
  const mockjet: Mockjet = await startMockjet({ pace: 'polled', seed: { contacts: [] } });
  // @ts-expect-error the pace is misspelt
  await mockjet.defaultAccount.jobs.pace('pooled');
  const status: number = new MockjetError(404, 'gone').status;
  await using account = { async [Symbol.asyncDispose]() { await mockjet.close(); } };
  return status > 0 ? mockjet.defaultAccount.faults.list() : [];
}
`;
    write(file, typed);
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'es2022',
      lib: ['es2022'],
      types: [],
      module: { bundler: 'esnext', node10: 'commonjs' }[resolution] ?? 'node16',
      moduleResolution: resolution,
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
    const checked = run('node', join(root, 'node_modules/typescript/bin/tsc'));
    await expect(checked.catch(({ stdout }) => stdout)).resolves.toBe('');
  });

  it('has a command', async () => {
    const { version } = JSON.parse(await run('npm', 'pkg', 'get', '--prefix', root));
    expect(await run('npx', '--no-install', 'mockjet', 'version')).toBe(version);
  });

  it('tells what is wrong when its migrations are gone', async () => {
    mkdirSync(join(project, 'bundled'));
    cpSync(
      join(project, 'node_modules/mockjet/dist/index.cjs'),
      join(project, 'bundled/index.cjs'),
    );
    write(
      'bundled.cjs',
      `require('./bundled/index.cjs').startMockjet().catch(({ message }) => console.log(message))`,
    );
    expect(await run('node', 'bundled.cjs')).toContain('keep the package out of bundles');
  });
});

describe('the examples, copied into a project', { timeout: 2 * minute }, () => {
  it.each([
    ['fetch.mjs', 'node', ['fetch.mjs'], /^201 .*"ann\.lee@example\.com"/],
    ['node.test.mjs', 'node', ['--test', 'node.test.mjs'], /pass 2$/m],
    ['vitest.test.js', 'npx', ['vitest', 'run', 'vitest.test.js'], /Tests\s+2 passed/],
    ['sign-up.test.js', 'npx', ['vitest', 'run', 'sign-up.test.js'], /Tests\s+1 passed/],
    ['jest.test.cjs', 'npx', ['jest', '--ci', 'jest.test.cjs'], /Tests:\s+1 passed/],
  ])('%s runs', async (_name, program, argv, printed) => {
    expect(await runLoud(program, ...argv)).toMatch(printed);
  });
});
