import { type Client, clientNames, clients } from './clients.ts';
import { fill, valuesOf } from './env.ts';

const values = valuesOf({ url: 'http://127.0.0.1:6245', caPath: 'mockjet-ca.pem' });

/** Writes docs/clients.md: a section for each client, from the same source as `mockjet env`. */
export function clientGuide(): string {
  const intro =
    '# Pointing a client at Mockjet\n\n' +
    'Generated from `src/cli/clients.ts`; `npx vitest run src/cli -u` writes it anew. Each section says what ' +
    '`mockjet env CLIENT` prints for a server on its default port. `mockjet ca > mockjet-ca.pem` saves the CA.\n';
  return [intro, ...clientNames.map((name) => section(name, clients[name]))].join('\n');
}

function section(name: string, client: Client): string {
  const environment = client.exports.map(
    ([variable, value]) => `${variable}=${fill(value, values)}`,
  );
  return [
    `## ${client.title}\n`,
    ...(environment.length > 0
      ? [`\`eval "$(mockjet env ${name})"\` sets:\n`, fence('sh', environment)]
      : []),
    ...client.snippets.map(
      ({ for: purpose, language, lines }) =>
        `${upperFirst(purpose)}:\n\n${fence(
          language,
          lines.map((line) => fill(line, values)),
        )}`,
    ),
    ...client.hints.map((hint) => `- ${hint}`),
    '',
  ].join('\n');
}

function fence(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.join('\n')}\n\`\`\`\n`;
}

function upperFirst(text: string): string {
  // Names of packages are written small.
  return /^(node-)?mailjet/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
