import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { clientNames } from './clients.ts';
import { clientSetup } from './env.ts';

const setup = {
  url: 'http://127.0.0.1:9100',
  caPath: '/data/ca.pem',
  apiKey: 'pub',
  apiSecret: 'priv',
};

/** What a shell has in its environment after `eval "$(mockjet env NAME)"`, and all that it printed. */
function evaluated(stdout: string, before: Record<string, string> = {}) {
  const printed = execFileSync('sh', ['-ec', 'eval "$1"; env -0', 'sh', stdout], {
    env: { PATH: process.env.PATH, ...before },
    encoding: 'utf8',
  });
  const pairs = printed
    .split('\0')
    .map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(
    pairs.filter(([name]) => !['PATH', 'PWD', 'SHLVL', '_', ''].includes(name ?? '')),
  );
}

const direct = 'localhost,127.0.0.1,::1';
const proxy = {
  HTTPS_PROXY: setup.url,
  https_proxy: setup.url,
  NO_PROXY: direct,
  no_proxy: direct,
};

// What was seen of each client, run against a recording server: the variables it obeys, the override it has.
const facts: { name: string; environment: Record<string, string>; code: string[] }[] = [
  {
    name: 'node',
    environment: { ...proxy, NODE_EXTRA_CA_CERTS: setup.caPath },
    code: ["Mailjet.Request.protocol = 'http://'", "config: { host: '127.0.0.1:9100' }"],
  },
  {
    name: 'python',
    environment: { ...proxy, REQUESTS_CA_BUNDLE: setup.caPath, SSL_CERT_FILE: setup.caPath },
    code: ["Client(auth=('pub', 'priv'), api_url='http://127.0.0.1:9100/')"],
  },
  {
    name: 'ruby',
    environment: { ...proxy, http_proxy: setup.url, SSL_CERT_FILE: setup.caPath },
    code: ["config.end_point = 'http://127.0.0.1:9100'"],
  },
  {
    name: 'php',
    environment: {},
    code: [
      "['url' => '127.0.0.1:9100', 'secured' => false]",
      "apiUrl = 'http://127.0.0.1:9100/v3'",
    ],
  },
  {
    name: 'go',
    environment: { ...proxy, SSL_CERT_FILE: setup.caPath },
    code: ['NewMailjetClient("pub", "priv", "http://127.0.0.1:9100/v3")'],
  },
  {
    name: 'java',
    environment: {},
    code: ['.baseUrl("http://127.0.0.1:9100")', "proxyHost='127.0.0.1'"],
  },
  {
    name: 'dotnet',
    environment: { ...proxy, SSL_CERT_FILE: setup.caPath },
    code: ['BaseAdress = "http://127.0.0.1:9100"'],
  },
  {
    name: 'curl',
    environment: { ...proxy, CURL_CA_BUNDLE: setup.caPath },
    code: ["curl -u 'pub:priv' 'http://127.0.0.1:9100/v3/REST/contact'"],
  },
  {
    name: 'symfony',
    environment: { ...proxy, MOCKJET_CA: setup.caPath },
    code: ["MAILER_DSN='mailjet+api://pub:priv@default'", 'cafile'],
  },
  {
    name: 'smtp',
    environment: {
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: '1025',
      SMTP_USER: 'pub',
      SMTP_PASSWORD: 'priv',
    },
    code: [
      "MAILER_DSN='smtp://pub:priv@127.0.0.1:1025?auto_tls=false'",
      "auth: { user: 'pub', pass: 'priv' }",
      'MAIL_PORT=1025',
    ],
  },
  {
    name: 'proxy',
    environment: {
      ...proxy,
      HTTP_PROXY: setup.url,
      http_proxy: setup.url,
      NODE_EXTRA_CA_CERTS: setup.caPath,
      REQUESTS_CA_BUNDLE: setup.caPath,
      SSL_CERT_FILE: setup.caPath,
      CURL_CA_BUNDLE: setup.caPath,
    },
    code: [],
  },
];

test('knows every client there are facts of', () => {
  expect(facts.map(({ name }) => name)).toEqual(clientNames);
});

test.each(facts)('points $name at the server', ({ name, environment, code }) => {
  const { stdout, hints } = clientSetup(name, setup);
  expect(evaluated(stdout)).toEqual(environment);
  for (const line of code) expect(stdout).toContain(line);
  expect(hints).toMatch(/^(mockjet: .+\n)+$/);
  expect(stdout + hints).not.toMatch(
    /[^$]\{(url|host|hostname|port|noproxy|ca|key|secret|smtpport)\}/,
  );
  if ('HTTPS_PROXY' in environment) expect(hints).toContain('to NO_PROXY');
});

test('adds to the exceptions that a user has already', () => {
  const { NO_PROXY } = evaluated(clientSetup('curl', setup).stdout, { NO_PROXY: 'intern.test' });
  expect(NO_PROXY).toBe(`intern.test,${direct}`);
});

test('names the host of the server as an exception', () => {
  const { stdout } = clientSetup('curl', { ...setup, url: 'http://mockjet:6245/' });
  expect(evaluated(stdout)).toMatchObject({
    NO_PROXY: `${direct},mockjet`,
    HTTPS_PROXY: 'http://mockjet:6245',
  });
});

test.each(clientNames)('gives a shell nothing to run for %s, whatever the values hold', (name) => {
  const evil = '/it\'s\n$(echo run >&2; exit 1) `exit 1` "; exit 1; {url}';
  const { stdout } = clientSetup(name, { ...setup, caPath: evil, apiKey: evil, apiSecret: evil });
  const environment = evaluated(stdout);
  for (const value of Object.values(environment)) {
    expect([evil, setup.url, direct, '127.0.0.1', '1025']).toContain(value);
  }
});

test('says where mail is taken by SMTP, as far as it is known', () => {
  const where = (client: string, smtpPort?: number) =>
    clientSetup(client, { ...setup, smtpPort }).hints.match(/by SMTP is taken at (.*);/)?.[1];
  expect([where('node', 2525), where('node')]).toEqual(['127.0.0.1:2525', undefined]);
  const { stdout } = clientSetup('smtp', { ...setup, smtpPort: 2525 });
  expect(evaluated(stdout)).toMatchObject({ SMTP_PORT: '2525' });
});

test('refuses what it does not know', () => {
  expect(() => clientSetup('perl', setup)).toThrow(
    'does not know "perl": choose one of node, python',
  );
  expect(() => clientSetup('constructor', setup)).toThrow('does not know');
  expect(() => clientSetup('curl', { ...setup, url: 'mockjet:6245' })).toThrow('is no URL');
});
