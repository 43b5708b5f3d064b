import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientSetup } from '../../src/cli/env.ts';
import { startEcho } from '../support/transport-server.ts';

// Clients that are at hand run unchanged, against https://api.mailjet.com, in a shell that has evaluated
// what `mockjet env` prints.
let echo: Awaited<ReturnType<typeof startEcho>>;
let folder: string;
beforeAll(async () => {
  echo = await startEcho();
  folder = await mkdtemp(join(tmpdir(), "mockjet's env-"));
  await writeFile(join(folder, 'ca.pem'), echo.door.ca);
});
afterAll(async () => {
  await echo.app.close();
  await rm(folder, { recursive: true });
});

const url = 'https://api.mailjet.com/v3/REST/contact';
const nodeMailjet = (name: string) =>
  `import M from '${name}'; const m = M.apiConnect('k', 's');
   const r = await m.get('contact', { version: 'v3' }).request();
   process.stdout.write(JSON.stringify(r.body));`;

type Case = { client: string; command: string; args: string[]; needs?: string[] };
const clients: Case[] = [
  { client: 'curl', command: 'curl', args: ['-q', '-sS', url] },
  { client: 'proxy', command: 'curl', args: ['-q', '-sS', url.replace('https', 'http')] },
  {
    client: 'python',
    command: 'python3',
    args: ['-c', `import requests; print(requests.get('${url}').text)`],
    needs: ['-c', 'import requests'],
  },
  {
    client: 'proxy',
    command: 'python3',
    args: ['-c', `import urllib.request as u; print(u.urlopen('${url}').read().decode())`],
  },
  ...['node-mailjet', 'node-mailjet-5'].map((name) => ({
    client: 'node',
    command: process.execPath,
    args: ['--input-type=module', '-e', nodeMailjet(name)],
  })),
];

test.for<Case>(clients)(
  'mockjet env $client: $command $args.1',
  async ({ client, command, args, needs }, { skip }) => {
    if (spawnSync(command, needs ?? ['--version']).status !== 0) {
      return skip(`${command} ${needs?.join(' ') ?? ''} is not at hand`);
    }
    const { stdout: exports } = clientSetup(client, {
      url: `http://127.0.0.1:${echo.door.port}`,
      caPath: join(folder, 'ca.pem'),
    });
    const script = 'eval "$1"; shift; exec "$@"';
    const child = spawn('sh', ['-c', script, 'sh', exports, command, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    await new Promise((resolve) => child.once('close', resolve));
    expect(output).toContain('"url":"/v3/REST/contact"');
    expect(output).toContain('"host":"api.mailjet.com');
  },
);
