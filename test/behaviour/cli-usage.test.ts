import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, startMockjet } from '../../src/index.ts';
import { mockjet } from '../support/command.ts';

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
);
/** Nothing listens on port 1. */
const nowhere = 'http://127.0.0.1:1';
let server: Mockjet;
beforeAll(async () => {
  server = await startMockjet();
});
afterAll(() => server.close());

const commands = [
  'serve',
  'run',
  'wait',
  'reset',
  'seed',
  'snapshot',
  'import',
  'mails',
  'mail',
  'env',
  'ca',
  'version',
];

describe('mockjet help', () => {
  it.each([['--help'], ['-h'], ['help'], ['--port', '0', '--help']])(
    '%s names every command, every option and the exit codes',
    async (...argv) => {
      const { code, stdout } = await mockjet(argv);
      expect(code).toBe(0);
      for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
      for (const option of ['--url', '--user', '--json', '--port'])
        expect(stdout).toContain(`  ${option} `);
      expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage');
    },
  );

  it('has its columns below each other', async () => {
    const { stdout } = await mockjet(['help']);
    const settings = stdout.split('\n').filter((line) => /^ {2}--\S+ +M(J|OCKJET)_/.test(line));
    expect(settings.length).toBeGreaterThan(20);
    const starts = settings.map((line) => /^ {2}\S+ +\S+ +/.exec(line)?.[0].length);
    expect([...new Set(starts)]).toHaveLength(1);
  });

  it.each(commands)('says more about %s, by its name and by its option', async (name) => {
    const { code, stdout } = await mockjet(['help', name]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^mockjet ${name}: .*\\n\\nUsage:\\n  mockjet ${name}\\b.*\\n\\nExample:\\n.*mockjet ${name}`,
      ),
    );
    expect((await mockjet([name, '--help'])).stdout).toBe(stdout);
  });

  it.each([
    ['import', 'addforce, addnoforce, remove, unsub'],
    ['env', 'CLIENT is one of node, python'],
    ['snapshot', 'save, restore, remove, list'],
    ['serve', '"mockjet start" is the same'],
  ])('of %s tells what there is to choose', async (name, told) =>
    expect((await mockjet(['help', name])).stdout).toContain(told),
  );
});

it('mockjet start and mockjet serve take the settings that mockjet takes', async () => {
  for (const argv of [['start'], ['serve'], []])
    expect((await mockjet([...argv, '--port', 'x'])).stderr).toContain(
      '--port: "x" is not a port (0 to 65535)\n',
    );
});

it('mockjet version prints the version of the package', async () => {
  expect(await mockjet(['version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(JSON.parse((await mockjet(['version', '--json'])).stdout)).toEqual({ version });
  for (const option of ['--version', '-v', '-V'])
    expect((await mockjet([option])).stdout).toBe(`${version}\n`);
});

describe('mockjet wait', () => {
  it('ends when the server is ready', async () => {
    expect(await mockjet(['wait', '--url', server.url])).toMatchObject({ code: 0, stdout: '' });
    const { stdout } = await mockjet(['wait', '--json'], { MOCKJET_URL: server.url });
    expect(JSON.parse(stdout)).toEqual({ url: server.url, isReady: true });
  });

  it('fails when the time has run out', async () => {
    const { code, stderr } = await mockjet(['wait', '--url', nowhere, '--timeout', '50ms']);
    expect([code, stderr]).toEqual([1, `mockjet wait: ${nowhere} is not ready after 50ms\n`]);
  });
});

it('a command finds the server by the environment that it was started with', async () => {
  const environment = { MOCKJET_PORT: String(server.port) };
  for (const host of ['0.0.0.0', '127.0.0.1'])
    expect(await mockjet(['wait'], { ...environment, MOCKJET_HOST: host })).toMatchObject({
      code: 0,
    });
  const elsewhere = { ...environment, MOCKJET_HOST: '::1' };
  expect((await mockjet(['wait', '--timeout', '1ms'], elsewhere)).stderr).toBe(
    `mockjet wait: http://[::1]:${server.port} is not ready after 1ms\n`,
  );
});

describe('mockjet env', () => {
  it('names a file of the CA that is saved already, without asking the server', async () => {
    const argv = ['env', 'node', '--url', 'http://127.0.0.1:1', '--ca-file', './saved.pem'];
    const { code, stdout, stderr } = await mockjet(argv);
    expect(code).toBe(0);
    expect(stdout).toContain("export NODE_EXTRA_CA_CERTS='./saved.pem'");
    expect(stderr).not.toContain('could not');
  });

  it('goes on without the file where it cannot be written, and says what to do', async () => {
    const argv = ['env', 'node', '--url', server.url];
    const { code, stdout, stderr } = await mockjet(argv, { TMPDIR: '/dev/null' });
    expect(code).toBe(0);
    expect(stdout).toContain(`export HTTPS_PROXY='${server.url}'`);
    expect(stdout).not.toContain('export NODE_EXTRA_CA_CERTS');
    expect(stderr).toContain('save what "mockjet ca" prints, and name its file with --ca-file');
  });
});

it('mockjet ca prints the certificate of the server', async () => {
  const pem = await server.caPem();
  const { stdout } = await mockjet(['ca', '--url', server.url]);
  expect(stdout.trim()).toBe(pem.trim());
  const json = await mockjet(['ca', '--url', server.url, '--json']);
  expect(JSON.parse(json.stdout).pem).toBe(pem);
});

it('mockjet env says where the running server takes mail by SMTP, and nothing where it takes none', async () => {
  const told = async (...argv: string[]) => {
    const { stdout } = await mockjet(['env', ...argv, '--json']);
    const { hints, shell } = JSON.parse(stdout) as { hints: string; shell: string };
    return [/taken at (.*?);/.exec(hints)?.[1], /SMTP_PORT='(.*)'/.exec(shell)?.[1]];
  };
  expect(await told('node', '--url', server.url)).toEqual([undefined, undefined]);
  // all that it asks another server for is its settings
  const other = createServer((_request, response) => response.end('{"smtpPort":2525}'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo; // it listens on TCP
  const argv = ['--url', `http://127.0.0.1:${port}`, '--ca-file', './ca.pem'];
  expect(await told('node', ...argv)).toEqual(['127.0.0.1:2525', undefined]);
  expect(await told('smtp', ...argv)).toEqual([undefined, '2525']);
  other.close();
});

it('mockjet env prints what a shell can evaluate, for the account that is named', async () => {
  const { code, stdout } = await mockjet(['env', 'node', '--url', server.url]);
  expect(code).toBe(0);
  expect(stdout).toContain(`export HTTPS_PROXY='${server.url}'`);
  const user = ['--user', 'the-key:the-secret'];
  const json = await mockjet(['env', 'go', '--url', server.url, '--json', ...user]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    client: 'go',
    shell: expect.stringContaining('"the-key", "the-secret"'),
  });
});

describe('a server that is named by https', () => {
  const https = () => server.url.replace('http:', 'https:');

  it('gives its CA to mockjet ca and mockjet env, which do not know it yet', async () => {
    const pem = await server.caPem();
    const { stdout } = await mockjet(['ca'], { MOCKJET_URL: https() });
    expect(stdout.trim()).toBe(pem.trim());
    const json = await mockjet(['env', 'curl', '--json'], { MOCKJET_URL: https() });
    const { url, caPath } = JSON.parse(json.stdout);
    expect([url, readFileSync(caPath, 'utf8')]).toEqual([https(), pem]);
  });

  it('is called by the other commands once the CA is trusted, and the refusal says how', async () => {
    await server.account({ apiKey: 'key', secretKey: 'secret' });
    const argv = ['reset', '--url', https(), '--user', 'key:secret'];
    const untrusted = await mockjet(argv);
    expect([untrusted.code, untrusted.stderr]).toEqual([
      1,
      `mockjet reset: The certificate of ${https()} is not trusted: keep what "mockjet ca" prints in a file, and name it in NODE_EXTRA_CA_CERTS\n`,
    ]);
    const { stdout } = await mockjet(['env', 'curl', '--json', '--url', https()]);
    const { caPath } = JSON.parse(stdout);
    expect(await mockjet(argv, { NODE_EXTRA_CA_CERTS: caPath })).toMatchObject({ code: 0 });
  });
});

describe('wrong usage ends with 2 and says why', () => {
  const user = ['--user', 'key:secret'];
  it.each([
    [['--colour', 'red'], 'unknown option --colour'],
    [['--prot', '6245'], 'unknown option --prot; did you mean --port?'],
    [['--port'], 'give --port a value'],
    [['--port', 'many'], '--port: "many" is not a port (0 to 65535)'],
    [['--port', ''], '--port: "" is not a port (0 to 65535)'],
    [['--pace', 'quick'], '--pace: "quick" is not one of timed, instant, polled, held'],
    [['--body-limit', '1'], '--body-limit: "1" is not a number of bytes, 1024 or more'],
    [['--api-key', 'a:b', '--secret-key', 's'], 'without a colon'],
    ...['é', ' a', 'a ', ''].map((token): [string[], string] => [
      ['--control-token', token],
      '--control-token: the value is not a text that a header can carry',
    ]),
    [['contacts'], 'unknown command "contacts"; "mockjet help" lists them'],
    [['strat'], 'unknown command "strat"; did you mean "mockjet start"?'],
    [['help', 'wiat'], 'unknown command "wiat"; did you mean "mockjet wait"?'],
    [['run', 'npm', 'test'], 'give the command behind --'],
    [['run', '--client', 'nod', '--', 'true'], 'did you mean node?'],
    [['wait', '--timeout', 'soon'], '--timeout: "soon" is not a time such as 500ms, 30s or 2m'],
    [['wait', '--timeout', '2'], '--timeout: "2" has no unit: write 2s or 2ms'],
    [['wait', '--timeuot', '2s'], 'unknown option --timeuot; did you mean --timeout?'],
    [['wait', '--json=yes'], '--json takes no value'],
    [['reset'], 'give --user KEY:SECRET for one account, or --all for every account'],
    [['reset', '--all', ...user], 'not both'],
    [['wait', '--url', 'mockjet'], '"mockjet" is no URL'],
    [['version', 'now'], 'does not know what to do with now'],
    [['env', 'cobol'], '"cobol" is not one of node, python'],
    [['reset', '--user', 'key'], '--user: give both, as KEY:SECRET'],
    [['snapshot', 'save', 'x'], 'MJ_APIKEY_PUBLIC'],
    [['snapshot', 'keep', 'x', ...user], '"keep" is not one of save, restore, remove, list'],
    [['snapshot', 'save', ...user], 'give NAME'],
    [['seed', ...user], 'give FILE'],
    [['import', 'contacts.csv', ...user], 'give --list NAME'],
    [
      ['import', 'contacts.csv', '--list', 'News', '--method', 'add', ...user],
      'one of addforce, addnoforce',
    ],
  ])('mockjet %j', async (argv, message) => {
    const { code, stdout, stderr } = await mockjet(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^mockjet[^\n]*\n$/);
  });
});

it('a server that is no Mockjet has no CA to trust', async () => {
  const other = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo; // it listens on TCP
  const { code, stdout, stderr } = await mockjet(['ca', '--url', `http://127.0.0.1:${port}`]);
  other.close();
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^mockjet ca: [^\n]*404[^\n]*\n$/);
});

describe('a server that is not there', () => {
  it.each([
    ['reset', '--user', 'key:secret'],
    ['ca'],
    ['snapshot', 'list', '--user', 'key:secret'],
  ])('makes %s %s fail with 1', async (...argv) => {
    const common = ['--url', nowhere];
    const { code, stderr } = await mockjet([...argv, ...common]);
    expect([code, stderr]).toEqual([
      1,
      `mockjet ${argv[0]}: No Mockjet answers at ${nowhere}: start one, or name it with --url or MOCKJET_URL\n`,
    ]);
    const json = await mockjet([...argv, ...common, '--json']);
    expect(JSON.parse(json.stderr).error).toContain('No Mockjet answers');
  });
});
