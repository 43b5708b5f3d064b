import { outcomeAddresses, outcomeDomain } from '../../mail/outcome-addresses.ts';
import { laterSteps, outcomes } from '../../mail/outcome-plan.ts';
import { mailjetFaults } from '../fault-answers.ts';
import { smtpFaults } from '../smtp/fault-replies.ts';
import { eventMembers } from './mail-events.ts';
import type { ControlRoute } from './route.ts';
import { routeFamilies } from './routes.ts';

/** Writes docs/control.md: the notes below, and each route with a curl from the table that serves it. */
export function controlGuide(): string {
  const sections = Object.entries(routeFamilies).map(([title, routes]) =>
    [`## ${title}\n`, notes[title] ?? '', ...routes.map(entry)].filter((part) => part !== ''),
  );
  return [intro, ...sections.flat()].join('\n');
}

/** What a shell runs to try a route; `MOCKJET`, `KEYS` and `ID` are variables. */
export function curlOf({ method, path, scope, example }: ControlRoute): string {
  const keys = scope === 'server' ? '' : '-u "$KEYS" ';
  const verb = method === 'GET' ? '' : `-X ${method} `;
  const url = path
    .replace(':name', 'before')
    .replace(':id', '$ID')
    .replace(':number', '0')
    .replace(':email', 'owner@example.com')
    .replace(':list', 'MyFirstTest');
  return `curl ${keys}${verb}"$MOCKJET/_mockjet${url}"${example === '' ? '' : ` ${example}`}`;
}

function entry(route: ControlRoute): string {
  const who = {
    account: '',
    server: ' Without credentials.',
    both: ' With credentials or without.',
  }[route.scope];
  return `### \`${route.method} /_mockjet${route.path}\`\n\n${route.description}${who}\n\n\`\`\`sh\n${curlOf(route)}\n\`\`\`\n`;
}

const intro = `# The control API

Generated from the table of routes in \`src/wire/control/\`; \`npx vitest run test/behaviour/control-guide.test.ts -u\` writes it anew.

Everything below \`/_mockjet\` is Mockjet's own: it never answers on Mailjet's paths, and they never look at it. JSON comes in and goes out; an error is \`{"error": "..."}\` in plain words. With an account's keys as Basic credentials a call acts on that account, without them on the server. A route that says nothing of credentials wants those of an account. The examples are for a shell with

\`\`\`sh
MOCKJET=http://127.0.0.1:6245
KEYS=public:private
ID=113869785 # of a job, a mail, a fault ...
\`\`\`

A server that was started with \`--control-token\` wants that token in the header \`X-Mockjet-Token\`. Pages of another origin are refused, and so is a public host name that is none of the server's own (\`--tls-name\` adds one): a page could have made its own name lead here.

Durations are milliseconds or text such as \`250ms\`, \`90s\`, \`1d 12h\`. Times are RFC 3339, a day, or milliseconds since 1970.
`;

const notes: Record<string, string> = {
  'Accounts and reset': `A reset gives what the account held when it was new, with the same identifiers again. What \`--seed FILE\` gives belongs to that; what \`POST seed\`, or the seed of \`POST accounts\`, added does not.

With \`--id-seed\`, or an \`idSeed\` of its own, an account draws IDs, addresses and GUIDs from the seed and its key, and what it holds at first dates from 2020-01-01: on a frozen clock the same calls give the same bytes on any server.
`,
  Snapshots: `A restore also puts back where identifiers come from: on a frozen clock the same calls give the same bytes again.
`,
  Seed: `| part | members |
| --- | --- |
| \`properties\` | \`name\`, \`datatype\` (\`str\`, \`int\`, \`float\`, \`bool\`, \`datetime\`) |
| \`lists\` | \`name\`, and where wanted \`id\`, \`address\`, \`isDeleted\` |
| \`contacts\` | \`email\`, and where wanted \`name\`, \`id\`, \`createdAt\`, \`isExcludedFromCampaigns\`, \`properties\` by name, \`lists\`: names, or \`{"name": ..., "isUnsubscribed": true}\` |
| \`senders\` | \`email\`, an address or \`*@example.com\`, and where wanted \`name\`, \`status\` (\`Active\`, \`Inactive\`), \`isDefault\` |
| \`signups\` | \`email\`, \`list\` by name, and where wanted \`signupAt\`, \`signupIp\`, \`confirmAt\`, \`confirmIp\`, \`key\`, \`source\`, \`sourceId\`: rows of contactslistsignup |
| \`outcomes\` | rules as \`POST outcomes\` takes them |
| \`templates\` | \`name\`, and where wanted \`id\`, which code names as \`TemplateID\`, \`subject\`, \`from\`, \`replyTo\`, \`html\`, \`text\`, \`mjml\`, \`locale\`; one of that name that is there becomes what the seed says |
| \`mails\` | \`from\`, \`to\`, \`cc\`, \`bcc\` (addresses or \`{"email": ..., "name": ...}\`), and where wanted \`replyTo\`, \`subject\`, \`text\`, \`html\`, \`customId\`, \`campaign\`, \`headers\` by name, \`at\`: they were sent then, or now, and have come to what their address or a rule says |
| \`webhooks\` | \`url\`, and where wanted \`events\` (all without), \`version\` (1; 2 groups), \`isBackup\`: URLs of eventcallbackurl |

IDs are exact to 64 bits, as numbers or text, and are not given again. Subscriptions date from the contact's \`createdAt\`, or from now. What is there already stays and takes what the document adds. \`seed/bookshop.json\` is an example.

A seed holds 1,000 properties, 2,000 lists, 20,000 contacts, 1,000 senders and 10,000 signups at most, and its contacts 20,000 subscriptions and 200,000 values together: it is stored in one go, while others wait. What is larger comes in several seeds, by an import, or as a snapshot.

The same file at the start, \`--seed FILE\` or \`MOCKJET_SEED\`, goes into every fresh account.
`,
  Mails: `| condition | holds for a mail |
| --- | --- |
| \`to\`, \`from\` | to or from the address, whole or with \`*\`, in any case; \`to\` looks at To, Cc and Bcc |
| \`subject\`, \`text\` | with this in its subject, or in its text or HTML, in any case |
| \`header.X-Foo\` | with this in a header of that name, in any case |
| \`customId\`, \`campaign\`, \`templateId\` | with exactly this |
| \`messageId\`, \`messageUuid\`, \`status\` | with a message of this ID, UUID, or status now |
| \`requestGuid\` | from the call that was answered with this \`X-Mj-Request-Guid\` |
| \`after\` | behind the mail of this id, or behind this time of the account's clock |

\`total\` tells how many there are whatever \`limit\` says, \`dropped\` how many the bounds on mail have taken since the account was new. A list ends early, whatever its \`limit\`, at 32 million characters of text and HTML. A wait lasts a minute at most, on the machine's time.

What a mail holds comes with headers that keep a browser from running any of it.

| event that is made | what it may say beside \`email\`, \`at\`, \`count\` |
| --- | --- |
${Object.entries(eventMembers)
  .map(
    ([event, members]) => `| \`${event}\` | ${members.map((each) => `\`${each}\``).join(', ')} |`,
  )
  .join('\n')}

A \`reason\` is a state of \`messagestate\`; a bounce is \`hard\` where the reason is one that no second try helps, and with \`greylisted\` the message is put off. What a queued message is made to come to takes the place of what it would have come to, and one that is made opened or clicked is sent before. A message shows the highest of sent, opened, clicked, unsubscribed and complained about that it has come to. Who a mail has bounced from for good is \`preblocked\` from then on, unless a rule or the address says otherwise.
`,
  Outcomes: `A message is queued, then sent, unless its address or a rule says otherwise. A rule meets the messages that fit all of \`to\`, \`subject\`, \`customId\` (each with \`*\`) and \`nth\` that it gives; the first one that applies is taken, and one that is used up (\`count\`) or over (\`ttl\`) stays in the list.

\`outcome\` is one of ${outcomes.map((outcome) => `\`${outcome}\``).join(', ')}, \`reason\` a state of \`messagestate\`. What follows stands in \`later\`: \`{"status": "opened", "after": "2h"}\`, each step after the one before, on the account's clock; also ${laterSteps
    .slice(1)
    .map((status) => `\`${status}\``)
    .join(', ')}.

Addresses below \`${outcomeDomain}\` need no rule; anything may stand behind a \`+\`, as in \`spam+ann@${outcomeDomain}\`:

| address | a mail to it |
| --- | --- |
${outcomeAddresses.map(({ name, description }) => `| \`${name}@${outcomeDomain}\` | ${description} |`).join('\n')}
`,
  Webhooks: `Events are posted by themselves to the URLs of eventcallbackurl; what that means, and how to test it, stands in [webhooks.md](webhooks.md). A delivery is one post: an event, or by \`Version\` 2 the events of a second. \`answer\` is \`200\` once it was taken, else what came instead. Credentials of URLs are shown as \`***\`.

\`POST clock/advance\` tries what falls due on the way, at its time; by \`0\` it waits for what is being posted now.
`,
  'Faults and rate limit': `A rule meets the calls that fit all of \`method\`, \`path\` (with \`*\`), \`operation\` and \`nth\` that it gives; the first rule that applies is taken. A rule that is used up (\`count\`) or over (\`ttl\`, on the account's clock) stays in the list, so that its \`hits\` can be read.

\`error\` is one of ${Object.keys(mailjetFaults)
    .map((name) => `\`${name}\``)
    .join(
      ', ',
    )}, each in the dialect of the path. \`status\` with \`body\` and \`headers\` gives any answer (\`Content-Length\`, \`Transfer-Encoding\` and \`Trailer\` are Mockjet's own), alone an error with this status. \`delay\` waits first. \`cut\` ends the connection \`before\` the call is carried out, \`during\` its answer or \`after\` it. \`malformed\` spoils the body: \`truncated\` or \`not-json\`.

Mail by SMTP is the operation \`smtp\` (method \`SMTP\`, path \`/smtp\`). There an error or a status becomes the reply to the mail: a code of SMTP such as 421, 450 or 552 as it is, else ${Object.entries(
    smtpFaults,
  )
    .map(([status, { code }]) => `${status} as \`${code}\``)
    .join(
      ', ',
    )}, any other 4xx as \`554\` and 5xx as \`451\`. A status below 400, \`body\`, \`headers\` and \`malformed\` change nothing there.
`,
};
