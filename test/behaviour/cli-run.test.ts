import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { builtMain } from '../support/built.ts';
import { mockjet } from '../support/command.ts';

/** A program that prints what it is given. */
const node = (script: string) => [process.execPath, '--input-type=module', '-e', script];
const running = (...argv: string[]) => ['run', '--', ...argv];

describe('mockjet run', () => {
  it('gives the command a mock that its environment leads to', async () => {
    const script = `
      import Mailjet from 'node-mailjet';
      const { MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
      const mailjet = Mailjet.apiConnect(MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE);
      const { body } = await mailjet.post('contact').request({ Email: 'ann.lee@example.com' });
      process.stdout.write(body.Data[0].Email);`;
    const { code, stdout, stderr } = await mockjet(running(...node(script)));
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'ann.lee@example.com',
      stderr: '',
    });
  });

  it('sets the variables of the client that is asked for, and keeps exceptions from the proxy', async () => {
    const script = 'process.stdout.write(JSON.stringify(process.env))';
    const argv = ['run', '--client', 'python', '--', ...node(script)];
    const { stdout } = await mockjet(argv, { NO_PROXY: 'db.example.com' });
    const environment = JSON.parse(stdout);
    expect(environment).toMatchObject({
      HTTPS_PROXY: environment.MOCKJET_URL,
      NO_PROXY: 'db.example.com,localhost,127.0.0.1,::1',
      REQUESTS_CA_BUNDLE: expect.stringMatching(/\.pem$/),
    });
    expect(existsSync(environment.REQUESTS_CA_BUNDLE)).toBe(false);
  });

  it('takes the settings of a mock, and the pair of the environment', async () => {
    const script = `
      const { MOCKJET_URL, MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
      const get = async (user) => (await fetch(MOCKJET_URL + '/v3/REST/contact', {
        headers: { authorization: 'Basic ' + btoa(user) } })).status;
      const { pace } = await (await fetch(MOCKJET_URL + '/_mockjet/config')).json();
      const statuses = [await get(MJ_APIKEY_PUBLIC + ':' + MJ_APIKEY_PRIVATE), await get('other:pair')];
      process.stdout.write(JSON.stringify({ pace, statuses }));`;
    const argv = ['run', '--pace', 'held', '--', ...node(script)];
    const pair = { MJ_APIKEY_PUBLIC: 'the-key', MJ_APIKEY_PRIVATE: 'the-secret' };
    const { stdout } = await mockjet(argv, { ...pair, MOCKJET_PORT: '1' });
    expect(JSON.parse(stdout)).toEqual({ pace: 'held', statuses: [200, 401] });
  });

  it.each([
    ['its exit code', ['sh', '-c', 'exit 7'], 7],
    ['128 and the number of the signal that ended it', ['sh', '-c', 'kill -KILL $$'], 137],
    ['127 where there is no such command', ['no-such-command'], 127],
    ['126 where it cannot be run', ['/dev/null'], 126],
  ])('ends with %s', async (_what, command, code) =>
    expect((await mockjet(running(...command))).code).toBe(code),
  );

  it.each(['SIGTERM', 'SIGINT'] as const)('hands %s on and waits for the end', async (signal) => {
    const script = `process.on('${signal}', () => { console.log('told'); process.exit(3); });
      console.log('up'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, [builtMain(), ...running(...node(script))], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH },
    });
    const ended = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line === 'up') child.kill(signal);
    }
    expect(lines).toEqual(['up', 'told']);
    expect((await ended)[0]).toBe(3);
  });
});
