// The one source of what is said about pointing a client at Mockjet: `mockjet env` prints it and
// docs/clients.md is made of it. In each text {url}, {host} (with its port), {hostname}, {port}, {noproxy}, {ca},
// {key} and {secret} stand for the running server's.
import { smtpClient } from './smtp-client.ts';

/** How one client is pointed at the server. */
export type Client = {
  title: string;
  /** Environment variables that do it without a change to the application. */
  exports: readonly (readonly [name: string, value: string])[];
  /** Code that does it instead, or where nothing in the environment does. */
  snippets: readonly { for: string; language: string; lines: readonly string[] }[];
  /** What a user must know beside, a sentence each. */
  hints: readonly string[];
};

const proxyExports = [
  ['HTTPS_PROXY', '{url}'],
  ['https_proxy', '{url}'],
  ['NO_PROXY', '{noproxy}'],
  ['no_proxy', '{noproxy}'],
] as const;

const foreignHosts =
  "The proxy answers only for Mailjet's hosts and refuses all others with a 403: add every other host that the application calls by HTTPS to NO_PROXY, or set the variables for this application alone.";

const mapping =
  'A client that knows no proxy needs api.mailjet.com to lead to Mockjet on port 443 (a network alias or /etc/hosts, with MOCKJET_PORT=443) and the CA.';

/** Every client that `mockjet env` knows, by the name it is called by. */
export const clients = {
  node: {
    title: 'Node.js (node-mailjet)',
    exports: [...proxyExports, ['NODE_EXTRA_CA_CERTS', '{ca}']],
    snippets: [
      {
        for: 'node-mailjet 5 to 7, without the proxy',
        language: 'js',
        lines: [
          "Mailjet.Request.protocol = 'http://';",
          'const mailjet = new Mailjet({',
          "  apiKey: '{key}',",
          "  apiSecret: '{secret}',",
          "  config: { host: '{host}' },",
          '});',
        ],
      },
      {
        for: 'node-mailjet 4, with NODE_EXTRA_CA_CERTS',
        language: 'js',
        lines: [
          'const mailjet = new Mailjet({',
          "  apiKey: '{key}',",
          "  apiSecret: '{secret}',",
          "  options: { proxyUrl: { host: '{hostname}', port: {port} } },",
          '});',
        ],
      },
      {
        for: 'node-mailjet 3.4, with NODE_EXTRA_CA_CERTS',
        language: 'js',
        lines: ["const mailjet = Mailjet.connect('{key}', '{secret}', { proxyUrl: '{url}' });"],
      },
    ],
    hints: [
      'node-mailjet 5 to 7 obey the exports. Node reads NODE_EXTRA_CA_CERTS only when it starts.',
      `node-mailjet 1 to 4 obey no variable but NODE_EXTRA_CA_CERTS, and speak no plain HTTP. ${mapping}`,
      'Where nock 14 is loaded in the same process, calls of node-mailjet 6 and 7 by the proxy fail with "Invalid URL": take the way without the proxy there, which works.',
      foreignHosts,
    ],
  },
  python: {
    title: 'Python (mailjet-rest)',
    exports: [...proxyExports, ['REQUESTS_CA_BUNDLE', '{ca}'], ['SSL_CERT_FILE', '{ca}']],
    snippets: [
      {
        for: 'without the proxy',
        language: 'python',
        lines: ["mailjet = Client(auth=('{key}', '{secret}'), api_url='{url}/')"],
      },
    ],
    hints: [
      'mailjet-rest 1.8 accepts as host of api_url only localhost, 127.0.0.1, ::1, mailjet.com and *.mailjet.com: between containers give Mockjet the network alias mock.mailjet.com.',
      foreignHosts,
    ],
  },
  ruby: {
    title: 'Ruby (mailjet gem)',
    // Net::HTTP reads http_proxy alone, for HTTPS too; the gem up to 1.7 goes through it
    exports: [['http_proxy', '{url}'], ...proxyExports, ['SSL_CERT_FILE', '{ca}']],
    snippets: [
      {
        for: 'without the proxy',
        language: 'ruby',
        lines: [
          'Mailjet.configure do |config|',
          "  config.api_key = '{key}'",
          "  config.secret_key = '{secret}'",
          "  config.end_point = '{url}'",
          'end',
        ],
      },
    ],
    hints: [
      'Net::HTTP, and so gems up to 1.7, read http_proxy alone: calls by plain HTTP go through the proxy as well.',
      foreignHosts,
    ],
  },
  php: {
    title: 'PHP (mailjet-apiv3-php)',
    exports: [],
    snippets: [
      {
        for: 'mailjet-apiv3-php',
        language: 'php',
        lines: [
          "$mockjet = ['url' => '{host}', 'secured' => false];",
          "$mailjet = new \\Mailjet\\Client('{key}', '{secret}', true, $mockjet);",
          '$response = $mailjet->get(\\Mailjet\\Resources::$Contact, [], $mockjet);',
        ],
      },
      {
        for: 'mailjet-apiv3-php-simple',
        language: 'php',
        lines: ["$mailjet->apiUrl = '{url}/v3';"],
      },
      {
        for: 'without a change to the code: the proxy, and the CA as an option of PHP',
        language: 'sh',
        lines: [
          "HTTPS_PROXY='{url}' php -d curl.cainfo='{ca}' -d openssl.cafile='{ca}' your-script.php",
        ],
      },
    ],
    hints: [
      'PHP takes no CA from the environment, so there is nothing to export: use one of the snippets.',
      'A call with options of its own falls back to api.mailjet.com: give it url and secured again.',
    ],
  },
  go: {
    title: 'Go (mailjet-apiv3-go)',
    exports: [...proxyExports, ['SSL_CERT_FILE', '{ca}']],
    snippets: [
      {
        for: 'without the proxy; the /v3 is needed',
        language: 'go',
        lines: ['client := mailjet.NewMailjetClient("{key}", "{secret}", "{url}/v3")'],
      },
    ],
    hints: ['Go reads SSL_CERT_FILE on Linux only: elsewhere use the snippet.', foreignHosts],
  },
  java: {
    title: 'Java (mailjet-apiv3-java)',
    exports: [],
    snippets: [
      {
        for: 'mailjet-apiv3-java',
        language: 'java',
        lines: [
          'ClientOptions options = ClientOptions.builder()',
          '    .apiKey("{key}").apiSecretKey("{secret}").baseUrl("{url}").build();',
          'MailjetClient client = new MailjetClient(options);',
        ],
      },
      {
        for: 'without a change to the code: the proxy, and a trust store with the CA',
        language: 'sh',
        lines: [
          "keytool -importcert -noprompt -alias mockjet -file '{ca}' -keystore mockjet.p12 -storepass changeit",
          "java -Dhttps.proxyHost='{hostname}' -Dhttps.proxyPort={port} -Djavax.net.ssl.trustStore=mockjet.p12 -Djavax.net.ssl.trustStorePassword=changeit -jar your-application.jar",
        ],
      },
    ],
    hints: ['Java takes neither a proxy nor a CA from the environment: use one of the snippets.'],
  },
  dotnet: {
    title: '.NET (Mailjet.Api)',
    exports: [...proxyExports, ['SSL_CERT_FILE', '{ca}']],
    snippets: [
      {
        for: 'without the proxy (BaseAdress is spelt so)',
        language: 'csharp',
        lines: ['var client = new MailjetClient("{key}", "{secret}") { BaseAdress = "{url}" };'],
      },
    ],
    hints: ['.NET reads SSL_CERT_FILE on Linux only: elsewhere use the snippet.', foreignHosts],
  },
  curl: {
    title: 'curl',
    exports: [...proxyExports, ['CURL_CA_BUNDLE', '{ca}']],
    snippets: [
      {
        for: 'without the proxy',
        language: 'sh',
        lines: ["curl -u '{key}:{secret}' '{url}/v3/REST/contact'"],
      },
    ],
    hints: [foreignHosts],
  },
  symfony: {
    title: 'Symfony (mailjet-mailer)',
    exports: [...proxyExports, ['MOCKJET_CA', '{ca}']],
    snippets: [
      {
        for: 'in config/packages/test/framework.yaml, so that Symfony trusts the CA',
        language: 'yaml',
        lines: [
          'framework:',
          '  http_client:',
          '    default_options:',
          '      cafile: "%env(MOCKJET_CA)%"',
        ],
      },
      {
        for: '.env.test',
        language: 'sh',
        lines: ["MAILER_DSN='mailjet+api://{key}:{secret}@default'"],
      },
    ],
    hints: [
      'The DSN takes a host but ignores its port and always speaks HTTPS, so Symfony comes by the proxy; PHP takes no CA from the environment, hence the cafile.',
      foreignHosts,
    ],
  },
  smtp: smtpClient,
  proxy: {
    title: 'Any client that obeys proxy variables',
    exports: [
      ['HTTP_PROXY', '{url}'],
      ['http_proxy', '{url}'],
      ...proxyExports,
      ['NODE_EXTRA_CA_CERTS', '{ca}'],
      ['REQUESTS_CA_BUNDLE', '{ca}'],
      ['SSL_CERT_FILE', '{ca}'],
      ['CURL_CA_BUNDLE', '{ca}'],
    ],
    snippets: [],
    hints: [
      foreignHosts,
      'All but NODE_EXTRA_CA_CERTS replace the CAs of the system: hosts in NO_PROXY that speak HTTPS need theirs.',
      mapping,
    ],
  },
} as const satisfies Record<string, Client>;

/** What `mockjet env` can be asked for. */
export type ClientName = keyof typeof clients;

/** The names in the order of the documentation. */
export const clientNames = Object.keys(clients) as ClientName[]; // Object.keys forgets the literal keys
