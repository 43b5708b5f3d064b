import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { builtMain } from '../support/built.ts';
import { startReceiver } from '../support/receiver.ts';
import { message, send } from '../support/sending.ts';

const mails = 200;
const kills = 5;

it('no event is lost when the server is killed while it posts them', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mockjet-webhooks-'));
  const receiver = await startReceiver();
  const main = builtMain();
  const serve = async () => {
    const child = spawn(
      process.execPath,
      [main, '--port', '0', '--data', data, '--webhook', receiver.url],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
    );
    onTestFinished(() => void child.kill('SIGKILL')); // when the test fails, too
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // the ready line
      if (msg === 'ready') return { child: child.on('exit', () => {}), url };
    }
    throw new Error('the server ended before it was ready');
  };
  const kill = async ({ child }: Awaited<ReturnType<typeof serve>>) => {
    const killed = once(child, 'exit');
    child.kill('SIGKILL');
    await killed;
  };
  const authorization = `Basic ${btoa('public:private')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  /** Resolves when so many posts have come in all. */
  const came = async (count: number) => {
    while (receiver.posts.length < count) await receiver.next();
  };

  let server = await serve();
  const guids = new Set<string>();
  for (let call = 0; call < mails / 50; call += 1) {
    const answer = await fetch(`${server.url}/v3.1/send`, {
      method: 'POST',
      headers,
      body: JSON.stringify(send(...Array.from({ length: 50 }, () => message()))),
    });
    for (const [, guid = ''] of (await answer.text()).matchAll(/"MessageUUID":"([^"]+)"/g))
      guids.add(guid);
  }
  expect(guids.size).toBe(mails);
  for (let killed = 1; killed <= kills; killed += 1) {
    await came((killed * mails) / (kills + 2));
    await kill(server);
    server = await serve();
  }
  const told = () => new Set(receiver.events().map(({ Message_GUID }) => Message_GUID));
  while (told().size < mails) await receiver.next();
  expect(told()).toEqual(guids);
  // those in flight at a kill come twice: one for each URL
  expect(receiver.posts.length).toBeLessThanOrEqual(mails + kills);
  await kill(server);
  await receiver.close();
  rmSync(data, { recursive: true });
}, 60_000);
