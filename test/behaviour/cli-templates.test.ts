import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mockjet, startMockjet } from '../../src/index.ts';
import { mockjet } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'mockjet-lint-'));
const files = {
  good: '<p>Hi {{var:name}}</p>',
  broken: '<p>\n{% if var:a %}\n{{ var:x: "y" }}</p>',
  odd: "{{var:a:'b'}}",
  vars: '{"name":"Ida","id":1152921509561837015}',
  contact: '{"town":"Lyon"}',
  person: '{{data:town}} {{var:id}}',
  typo: 'Hi {{var:nme}}\u001b[2J',
  list: '[]',
};
const path = (name: keyof typeof files) => join(folder, name);
let server: Mockjet;
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  server = await startMockjet();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

describe('mockjet lint', () => {
  it('finds nothing wrong with a good template, and ends with 0', async () => {
    const { code, stdout, stderr } = await mockjet(['lint', path('good')]);
    expect([code, stdout, stderr]).toEqual([0, '1 template: 0 errors, 0 warnings\n', '']);
  });

  it('tells the errors of all files by their places, and ends with 1', async () => {
    const { code, stdout } = await mockjet(['lint', path('good'), path('broken'), path('odd')]);
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      `${path('broken')}:3:1: error: expression parsing error ## Access violation ## near ## {{ var:x: "y" ##`,
      expect.stringContaining('blank between the colon and the default'),
      `${path('broken')}:2:1: error: not valid template ## near ## "y" }}</p> ##`,
      expect.stringContaining('The {% if %} of line 2 has no {% endif %}.'),
      `${path('odd')}:1:1: warning: Texts stand in double quotes: Mailjet's editor is reported to refuse single ones.`,
      '3 templates: 2 errors, 1 warning',
      '',
    ]);
  });

  it('finds names that are not given with --vars', async () => {
    const { code, stdout } = await mockjet([
      'lint',
      path('good'),
      path('typo'),
      '--vars',
      path('vars'),
    ]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('Did you mean var:name?')]);
  });

  it('tells JSON with --json', async () => {
    const { code, stdout } = await mockjet(['lint', path('odd'), '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { errors: [], warnings: [{ code: 'single-quotes', part: path('odd'), line: 1, column: 1 }] },
    ]);
  });

  it.each([
    [['lint'], 2, 'give FILE'],
    [['lint', join(folder, 'absent')], 1, 'absent'],
    [['lint', path('good'), '--vars', path('list')], 1, 'holds no JSON object'],
    [['lint', path('good'), '--vars', path('good')], 1, path('good')],
  ])('%j ends with %i', async (argv, code, words) => {
    const ended = await mockjet(argv);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});

describe('mockjet render', () => {
  it('prints what a file becomes, to the byte, without a mock', async () => {
    const argv = ['render', path('person'), '--vars', path('vars'), '--contact', path('contact')];
    const { code, stdout, stderr } = await mockjet(argv);
    expect([code, stdout, stderr]).toEqual([0, 'Lyon 1152921509561837015', '']);
  });

  it('tells what is wrong on stderr, and ends with 1', async () => {
    const { code, stdout, stderr } = await mockjet([
      'render',
      path('typo'),
      '--vars',
      path('vars'),
    ]);
    expect([code, stdout]).toEqual([1, files.typo]);
    expect(stderr).toContain(`${path('typo')}:1:4: error: expression parsing error`);
  });

  it('prints a part of a stored template of an account', async () => {
    const account = await server.account();
    const authorization = `Basic ${btoa(`${account.apiKey}:${account.secretKey}`)}`;
    const post = async (to: string, body: object) => {
      const answer = await fetch(`${account.url}/v3/REST/${to}`, {
        method: 'POST',
        headers: { authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { Data: [{ ID: number }] }; // one was made
    };
    const [{ ID }] = (await post('template', { Name: 'Welcome' })).Data;
    await post(`template/${ID}/detailcontent`, {
      'Html-part': '<b>{{var:name}}</b>',
      Headers: { Subject: 'Hi {{var:name}}' },
    });
    const user = `${account.apiKey}:${account.secretKey}`;
    const argv = ['render', `${ID}`, '--vars', path('vars'), '--url', account.url, '--user', user];
    expect(await mockjet(argv)).toMatchObject({
      code: 0,
      stderr: 'warning: The variable "id" is given and nowhere used.\n',
      stdout: '<b>Ida</b>',
    });
    expect((await mockjet([...argv, '--part', 'subject'])).stdout).toBe('Hi Ida');
    const missing = await mockjet(['render', '1', '--url', account.url, '--user', user]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('no template 1')]);
    const { html } = await account.templates.render({ templateId: ID, variables: { name: 'Zoé' } });
    expect(html).toBe('<b>Zoé</b>');
  });
});
