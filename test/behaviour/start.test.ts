import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMockjet } from '../../src/index.ts';
import { builtMain, run } from '../support/built.ts';
import { startMock } from '../support/mock.ts';

const main = builtMain();
const dist = dirname(main);
const root = join(dist, '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-start-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Node with a preload that makes it say it is an older one, and tell at its end what it has read of the database. */
function olderNode(...argv: string[]) {
  const preload = join(folder, 'older.cjs');
  writeFileSync(
    preload,
    `Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
     process.on('exit', () => {
       const read = Object.keys(require.cache).filter((path) => path.includes('better-sqlite3'));
       if (read.length > 0) console.log('READ', read[0]);
     });`,
  );
  return run(process.execPath, ['--require', preload, ...argv]);
}

describe('a Node that is too old', () => {
  const sentence = 'Mockjet needs Node.js 22.14 or newer, and this is 20.20.2: install a newer one';

  it.each([
    ['serving', []],
    ['a command', ['version']],
    ['help', ['--help']],
  ])('is told so in a line, by %s, with exit code 1', async (_what, argv: string[]) => {
    const { code, stdout, stderr } = await olderNode(main, ...argv);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^mockjet: ${sentence}.*\n$`));
  });

  it.each([
    ['import', 'mjs', `import { startMockjet } from '${pathToFileURL(join(dist, 'index.js'))}';`],
    ['require', 'cjs', `const { startMockjet } = require('${join(dist, 'index.cjs')}');`],
  ])('is told so by %s before anything of the database is read', async (_how, kind, start) => {
    const file = join(folder, `old.${kind}`);
    writeFileSync(file, `${start}\nstartMockjet();`);
    const { code, stdout, stderr } = await olderNode(file);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`Error: ${sentence}`);
  });
});

describe('a better-sqlite3 without its binary', () => {
  let copy: string;
  beforeAll(() => {
    copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const part of ['dist', 'migrations', 'package.json'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    for (const part of ['lib', 'package.json']) {
      const path = join('node_modules/better-sqlite3', part);
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
  });
  const sentence =
    /The database library better-sqlite3 cannot be used: Cannot find module .*\. Remove node_modules and install again\..*"npm rebuild better-sqlite3", or "pnpm approve-builds"/;

  it.each([
    ['in memory', []],
    ['with --data', ['--data', 'data']],
  ])('stops the start %s, with cause and mend', async (_where, argv: string[]) => {
    const options = argv.map((each) => each.replace(/^data$/, join(copy, 'data')));
    const { code, stdout, stderr } = await run(process.execPath, [
      join(copy, 'dist/main.js'),
      '--port=0',
      ...options,
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('makes startMockjet reject with them', async () => {
    const file = join(copy, 'start.cjs');
    writeFileSync(
      file,
      `require('./dist/index.cjs').startMockjet().catch(({ message }) => console.log(message));`,
    );
    expect((await run(process.execPath, [file])).stdout).toMatch(sentence);
  });
});

describe('a port that cannot be had', () => {
  it('is told with the remedy when something listens there', async () => {
    const taken = await startMockjet();
    const { port } = taken;
    const remedy = `127.0.0.1:${port}: stop what listens there, or choose another port with --port`;
    const { code, stderr } = await run(process.execPath, [main, `--port=${port}`]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(remedy)]);
    await expect(startMockjet({ port })).rejects.toThrow(remedy);
    await taken.close();
  });

  it.runIf(keepsLowPorts())('is told with the remedy when it is kept from users', async () => {
    const argv = [process.execPath, main, '--port=1'];
    // root may bind any port unless it has given that up
    const [program = '', ...rest] =
      process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-net_bind_service', ...argv] : argv;
    const { code, stderr } = await run(program, rest);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^mockjet: listen EACCES: .*choose one from 1024 on with --port, or allow it: "sysctl /,
    );
  });
});

/** Whether this machine keeps port 1 from ordinary users; containers often don't, and other systems have no such file. */
function keepsLowPorts(): boolean {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) > 1;
  } catch {
    return false;
  }
}

it('a look at the health is logged at debug level, any other call at info', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const mock = await startMock({ logger });
  for (const path of ['/livez', '/readyz', '/health', '/v3/REST/contact', '/healthy'])
    await mock.call('GET', path);
  await mock.close();
  const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
  expect(requests.map(({ level, path }) => [pino.levels.labels[level], path])).toEqual([
    ['debug', '/livez'],
    ['debug', '/readyz'],
    ['debug', '/health'],
    ['info', '/v3/REST/contact'],
    ['info', '/healthy'],
  ]);
});
