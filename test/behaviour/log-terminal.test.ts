import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { builtMain } from '../support/built.ts';

/** Starts a server on a terminal or a pipe, calls it, and reads what it writes up to its last request. */
async function logOf(isTerminal: boolean, environment: Record<string, string>) {
  const argv = [
    process.execPath,
    builtMain(),
    '--port',
    '0',
    '--api-key',
    'foo',
    '--secret-key',
    'bar',
  ];
  const [program = '', ...args] = isTerminal
    ? ['script', '-qec', argv.map((part) => `'${part}'`).join(' '), '/dev/null']
    : argv;
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, TERM: 'xterm', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const call = (url: string, user: string, body?: object) =>
    fetch(`${url}/v3/REST/contact`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Basic ${btoa(user)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      const url = /ready|listens on/.test(line) && /http:[\w/.:]+/.exec(line)?.[0];
      if (url) {
        await call(url, 'foo:bar');
        await call(url, 'foo:bar', { Email: 'nobody' });
        await call(url, 'stranger:bar');
      }
      if (/"status":401|401\D.*unauthorized/.test(line)) break; // ports, times and process IDs have 401 in them too
    }
  } finally {
    // Ctrl-C reaches what runs on the terminal; a signal would end `script` alone
    if (isTerminal) child.stdin.write('\x03');
    else child.kill();
  }
  return lines;
}

it('a terminal shows one line for the start and one a request, with the reason of a refusal', async () => {
  const lines = await logOf(true, { NO_COLOR: '1' });
  const texts = lines.map((line) => line.trim().replace(/^\d\d:\d\d:\d\d /, ''));
  expect(texts).toEqual([
    expect.stringMatching(
      /^Mockjet listens on http:\/\/127\.0\.0\.1:\d+ for the key foo; accounts in memory, gone at the end$/,
    ),
    expect.stringMatching(/^GET \/v3\/REST\/contact {2}200 {2}\d+ ms {2}contact list$/),
    expect.stringMatching(
      /^POST \/v3\/REST\/contact {2}400 {2}\d+ ms {2}contact create {2}.*[Ii]nvalid email address "nobody"/,
    ),
    'refused: Only the key foo gets in (MJ_APIKEY_PUBLIC or --api-key) (apiKey: stranger)',
    expect.stringMatching(/^GET \/v3\/REST\/contact {2}401 {2}\d+ ms {2}unauthorized$/),
  ]);
});

it('a terminal without NO_COLOR shows colours', async () => {
  expect((await logOf(true, {})).join('\n')).toContain('\u001b[33m401\u001b[39m');
});

it('a pipe gets a line of JSON for each, whatever terminal there is', async () => {
  const records = (await logOf(false, { FORCE_COLOR: '1' })).map((line) => JSON.parse(line));
  expect(records.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['ready', 'request']));
  expect(records.at(-1)).toMatchObject({ method: 'GET', path: '/v3/REST/contact', status: 401 });
});
