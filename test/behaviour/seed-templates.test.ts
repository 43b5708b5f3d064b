import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Mockjet, startMockjet } from '../../src/index.ts';
import { send } from '../support/sending.ts';

let server: Mockjet;
beforeAll(async () => {
  server = await startMockjet({ pace: 'instant' });
});
afterAll(() => server.close());

const welcome = {
  id: 4_155_010,
  name: 'Welcome',
  subject: 'Hello {{var:name}}',
  from: 'Shop <shop@example.com>',
  html: '<p>{{var:name}}</p>',
};

async function callAs(
  { apiKey, secretKey, url }: { apiKey: string; secretKey: string; url: string },
  path: string,
  body?: object,
) {
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}`,
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { Data: Record<string, unknown>[] }; // of resources
}

it('a mail is made of a seeded template by the ID that code names', async () => {
  const account = await server.account();
  expect(await account.seed({ templates: [welcome] })).toMatchObject({ templates: 1 });
  const To = [{ Email: 'ida@example.com' }];
  const mail = { To, TemplateID: welcome.id, TemplateLanguage: true, Variables: { name: 'Ida' } };
  await callAs(account, '/v3.1/send', send(mail));
  expect(await account.mails.wait({ to: 'ida@example.com' })).toMatchObject({
    subject: 'Hello Ida',
    html: '<p>Ida</p>',
    from: { email: 'shop@example.com', name: 'Shop' },
  });
});

it('a template of that name becomes what the seed says, and keeps its ID', async () => {
  const account = await server.account();
  await account.seed({ templates: [welcome, { name: 'Empty' }] });
  await account.seed({ templates: [{ name: 'Welcome', text: 'Bye', mjml: { tagName: 'mjml' } }] });
  const { Data } = await callAs(account, `/v3/REST/template/${welcome.id}/detailcontent`);
  expect(Data).toEqual([
    { MJMLContent: { tagName: 'mjml' }, 'Html-part': null, 'Text-part': 'Bye', Headers: {} },
  ]);
  const { Data: all } = await callAs(account, '/v3/REST/template?Sort=ID');
  expect(all.map(({ Name, Locale }) => [Name, Locale])).toEqual([
    ['Welcome', 'en_US'],
    ['Empty', 'en_US'],
  ]);
});

it.each([
  [
    [welcome, { ...welcome, id: 5 }],
    'templates[1].id: the template "Welcome" is there with the ID 4155010',
  ],
  [
    [welcome, { ...welcome, name: 'Other' }],
    'templates[1].id: another template has the ID 4155010',
  ],
  [[{ ...welcome, id: 0 }], 'templates.0.id: give an ID'],
  [[{ ...welcome, id: '99999999999' }], 'templates.0.id: give an ID'],
  [[{ html: 'x' }], 'templates.0.name'],
  [[{ ...welcome, mjml: 5 }], 'templates.0.mjml'],
])('%j is refused, and nothing is stored', async (templates, words) => {
  const account = await server.account();
  // what the types refuse too
  const document = { templates } as unknown as Parameters<typeof account.seed>[0];
  await expect(account.seed(document)).rejects.toThrow(words);
  expect((await callAs(account, '/v3/REST/template')).Data).toEqual([]);
});
