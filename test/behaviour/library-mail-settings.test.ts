import { expect, it } from 'vitest';
import { type MockjetOptions, startMockjet } from '../../src/index.ts';
import { message, send } from '../support/sending.ts';

/** Sends two mails from an unknown address, one of them in the sandbox; tells what became of them. */
async function twoMails(options: MockjetOptions) {
  await using mockjet = await startMockjet(options);
  const { apiKey, secretKey, url } = mockjet;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${secretKey}`).toString('base64')}`;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what came
  const call = (path: string, body?: object): Promise<any> =>
    fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).then((answer) => answer.json());
  await call('/v3.1/send', send(message()));
  const sandboxed = await call('/v3.1/send', { SandboxMode: true, ...send(message()) });
  return {
    hasSandboxId: sandboxed.Messages[0].To[0].MessageUUID !== '',
    messages: (await call('/v3/REST/message')).Count,
    mails: (await call('/_mockjet/mails')).mails.length,
  };
}

it.each<[MockjetOptions, Awaited<ReturnType<typeof twoMails>>]>([
  [{}, { hasSandboxId: false, messages: 1, mails: 2 }],
  [{ senders: 'strict' }, { hasSandboxId: false, messages: 0, mails: 2 }],
  [{ sandboxIds: 'unique' }, { hasSandboxId: true, messages: 1, mails: 2 }],
  [{ mails: 1 }, { hasSandboxId: false, messages: 1, mails: 1 }],
  [
    { mailsBytes: 1024, messages: 0 },
    { hasSandboxId: false, messages: 1, mails: 2 },
  ],
])('with %j', async (options, expected) => {
  expect(await twoMails(options)).toEqual(expected);
});

it('a word that is none is refused', async () => {
  // as JavaScript could say it
  const options = { senders: 'lenient' } as unknown as MockjetOptions;
  await expect(startMockjet(options)).rejects.toThrow(
    'senders: "lenient" is not one of permissive',
  );
});
