import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientNames } from '../../src/cli/clients.ts';
import { builtMain, type Ended, run } from '../support/built.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let main: string;
let folder: string;
beforeAll(async () => {
  main = builtMain();
  mock = await startMock();
  folder = await mkdtemp(join(tmpdir(), 'mockjet-cli-'));
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

const nowhere = 'http://127.0.0.1:1';

function mockjet(line: string, environment: Record<string, string> = {}): Promise<Ended> {
  const args = line.split(' ').filter((word) => word !== '');
  return run(process.execPath, [main, ...args], { TMPDIR: folder, ...environment });
}

describe('mockjet env', () => {
  test.each(clientNames)('%s: a shell takes what it prints, and the CA is there', async (name) => {
    const { code, stdout, stderr } = await mockjet(`env ${name}`, { MOCKJET_URL: mock.url });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^(mockjet: .+\n)+$/);
    const shell = await run('sh', ['-ec', 'eval "$1"; env', 'sh', stdout]);
    expect(shell).toMatchObject({ code: 0, stderr: '' });
    expect(stdout + stderr).toContain(name === 'smtp' ? '1025' : new URL(mock.url).port);
    const [, path] = /'([^']+\.pem)'/.exec(stdout) ?? [];
    if (path !== undefined) expect(await readFile(path, 'utf8')).toBe(await mock.identity.caPem());
  });

  test('writes the keys of the environment into its snippets', async () => {
    const { stdout } = await mockjet('env curl', {
      MOCKJET_URL: mock.url,
      MJ_APIKEY_PUBLIC: 'pub',
      MJ_APIKEY_PRIVATE: 'priv',
    });
    expect(stdout).toContain(`curl -u 'pub:priv' '${mock.url}/v3/REST/contact'`);
  });

  test('takes --url before and behind the client, and before MOCKJET_URL', async () => {
    for (const line of [
      `env --url ${mock.url} python`,
      `env python --url ${mock.url}/`,
      `env python --url=${mock.url}`,
    ]) {
      const { code, stdout } = await mockjet(line, { MOCKJET_URL: nowhere });
      expect(code).toBe(0);
      expect(stdout).toContain(`export HTTPS_PROXY='${mock.url}'\n`);
    }
  });

  test('finds the local server by its port', async () => {
    const { stdout } = await mockjet('env curl', { MOCKJET_PORT: new URL(mock.url).port });
    expect(stdout).toContain(`export HTTPS_PROXY='${mock.url}'\n`);
  });

  test.each([
    ['env', `give CLIENT, one of ${clientNames.join(', ')}`],
    ['env perl', `CLIENT: "perl" is not one of ${clientNames.join(', ')}`],
    ['env constructor', `CLIENT: "constructor" is not one of ${clientNames.join(', ')}`],
    ['env node python', 'does not know what to do with python'],
  ])('%s: says what it takes', async (line, told) => {
    const { code, stdout, stderr } = await mockjet(line, { MOCKJET_URL: mock.url });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^mockjet env: .*\n$/);
    expect(stderr).toContain(told);
  });
});

test('mockjet ca prints the CA, and no more', async () => {
  const { code, stdout, stderr } = await mockjet(`ca --url ${mock.url}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(await mock.identity.caPem());
  expect(new X509Certificate(stdout).ca).toBe(true);
});

describe('where no server is', () => {
  test.each(['env node', 'ca'])('mockjet %s says so', async (line) => {
    for (const [more, environment] of [
      ['', { MOCKJET_URL: nowhere }],
      ['', { MOCKJET_PORT: '1' }],
      [`--url ${nowhere}`, {}],
    ] as const) {
      expect(await mockjet(`${line} ${more}`, environment)).toEqual({
        code: 1,
        stdout: '',
        stderr: `mockjet ${line.split(' ')[0]}: No Mockjet answers at ${nowhere}: start one, or name it with --url or MOCKJET_URL\n`,
      });
    }
  });

  test.each(['env node', 'ca', 'wait'])('mockjet %s refuses what is no URL', async (line) => {
    expect(await mockjet(`${line} --url mockjet:6245`)).toEqual({
      code: 2,
      stdout: '',
      stderr: `mockjet ${line.split(' ')[0]}: "mockjet:6245" is no URL of a server: give one like http://127.0.0.1:6245\n`,
    });
  });

  test.each(['env node --port 1', 'ca -k', 'wait --url'])('mockjet %s is refused', async (line) => {
    const { code, stdout, stderr } = await mockjet(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^mockjet [a-z]+: (unknown option|give) -.+\n$/);
  });

  test('mockjet wait ends with its time', async () => {
    expect(await mockjet('wait --timeout 200ms', { MOCKJET_URL: nowhere })).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockjet wait: ${nowhere} is not ready after 200ms\n`,
    });
    expect((await mockjet('wait --timeout soon')).stderr).toBe(
      'mockjet wait: --timeout: "soon" is not a time such as 500ms, 30s or 2m\n',
    );
  });
});

test('mockjet wait waits for a server that comes later, and says nothing', async () => {
  const port = new URL(mock.url).port;
  await mock.close();
  const waiting = mockjet('wait --timeout 20s', { MOCKJET_PORT: port });
  await new Promise((resolve) => setTimeout(resolve, 700));
  mock = await startMock({}, Number(port));
  expect(await waiting).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('an evaluated `mockjet env node` is all that node-mailjet needs', async () => {
  const script = `import Mailjet from 'node-mailjet';
    const mailjet = Mailjet.apiConnect('public', 'private');
    const { body } = await mailjet.post('contact').request({ Email: 'ann@example.com' });
    process.stdout.write(body.Data[0].Email);`;
  const shell = `eval "$(${process.execPath} ${main} env node 2>/dev/null)"; exec "$@"`;
  const program = [process.execPath, '--input-type=module', '-e', script];
  const ended = await run('sh', ['-ec', shell, 'sh', ...program], { MOCKJET_URL: mock.url });
  expect(ended).toEqual({ code: 0, stdout: 'ann@example.com', stderr: '' });
  const found = await mock.call('GET', '/v3/REST/contact/ann@example.com');
  expect(found.status).toBe(200);
});
