import type { Account } from '../accounts/account.ts';
import { definitions } from '../contacts/properties.ts';
import { parseExpression } from '../contacts/segments/parser.ts';
import { searchSegment } from '../contacts/segments/search.ts';
import { ExpressionError } from '../contacts/segments/syntax.ts';
import { NotBuiltError } from '../lib/errors.ts';
import { type JsonObject, readStoredObject } from '../lib/json.ts';
import type { RenderInput } from '../templating/run.ts';
import type { Draft, Mailbox } from './draft.ts';

interface ContactRow {
  ID: bigint;
  Email: string;
  Name: string;
  properties: string;
  lastOpenedAt: bigint;
  lastClickedAt: bigint;
}

/**
 * What the templates of a mail can ask for. What is read of the account is read when the first name asks for it.
 * @param values of `data:`, in place of those of the recipient's contact
 * @param recipient whose contact `data:` and `mj:contact` are about
 */
export function templateInput(
  account: Account,
  draft: Draft,
  recipient: Mailbox | undefined,
  values?: JsonObject,
): RenderInput {
  const contact = once(
    () => account.sql(contactByEmail).get(recipient?.email ?? '') as ContactRow | undefined, // the columns selected
  );
  const properties = once(() => values ?? propertiesOf(account, contact()));
  const mj = once(() => wellKnown(account, draft, recipient, contact()));
  const segments = new Map<string, boolean | undefined>();
  const since = (at: bigint | undefined, days: number) =>
    at !== undefined && at > 0n && Number(at) >= account.clock.now() - days * 86_400_000;
  return {
    variables: draft.variables,
    get contact() {
      return properties();
    },
    get mj() {
      return mj();
    },
    segment(nameOrId) {
      if (!segments.has(nameOrId)) segments.set(nameOrId, isIn(account, contact(), nameOrId));
      return segments.get(nameOrId);
    },
    hasOpenedSince: (days) => since(contact()?.lastOpenedAt, days),
    hasClickedSince: (days) => since(contact()?.lastClickedAt, days),
  };
}

const contactByEmail = `SELECT ID, Email, Name, properties, lastOpenedAt, lastClickedAt FROM contact
  WHERE Email = ? AND anonymizedAt = ''`;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The values of a contact's properties by name, numbers and booleans as such; the address counts as one (documented). */
function propertiesOf(account: Account, contact: ContactRow | undefined): object {
  if (contact === undefined) return {};
  const stored = readStoredObject(contact.properties);
  const values: [string, string | number | boolean][] = [];
  for (const { id, name, datatype } of definitions(account)) {
    const value = stored[id];
    if (typeof value !== 'string') continue;
    const isNumber = (datatype === 'int' || datatype === 'float') && value !== '';
    values.push([name, datatype === 'bool' ? value === 'true' : isNumber ? Number(value) : value]);
  }
  return { email: contact.Email, ...Object.fromEntries(values) };
}

/** `mj:` (documented: the names; assumed: where the links lead, and that the recipient's name is the contact's or his). */
function wellKnown(
  account: Account,
  { from, template }: Draft,
  recipient: Mailbox | undefined,
  contact: ContactRow | undefined,
): object {
  const email = contact?.Email ?? recipient?.email ?? '';
  return {
    contact: {
      // who is no contact yet will be one when the mail is taken
      ID: contact?.ID ?? 0n,
      ...partsOf(email, contact?.Name || recipient?.name || ''),
    },
    sender: partsOf(from.email, from.name),
    template: template === undefined ? {} : templateFacts(account, template),
    permalink: 'https://mockjet.test/permalink',
    unsub_link: `https://mockjet.test/unsubscribe?email=${encodeURIComponent(email.toWellFormed())}`,
    ...Object.fromEntries(
      ['twitter', 'google', 'facebook', 'linkedin'].map((network) => [
        `share_${network}`,
        `https://mockjet.test/share/${network}`,
      ]),
    ),
  };
}

function templateFacts(account: Account, template: bigint | string) {
  const row = account
    .sql(
      'SELECT ID, Name AS name, Copyright AS copyright FROM template WHERE ID = ? OR Name = ? LIMIT 1',
    )
    .get(typeof template === 'bigint' ? template : 0n, String(template));
  return row ?? {};
}

function partsOf(email: string, name: string) {
  const at = email.lastIndexOf('@');
  return { email, name, local_part: email.slice(0, Math.max(0, at)), domain: email.slice(at + 1) };
}

/** Whether a contact is in a segment; undefined where there is none, or it has a condition that Mockjet can't tell. */
function isIn(
  account: Account,
  contact: ContactRow | undefined,
  nameOrId: string,
): boolean | undefined {
  const id = /^\d{1,18}$/.test(nameOrId) ? BigInt(nameOrId) : 0n;
  const row = account
    .sql('SELECT Expression FROM contactfilter WHERE Name = ? OR ID = ? ORDER BY ID = ? LIMIT 1')
    .get(nameOrId, id, id) as { Expression: string } | undefined; // the one column selected
  if (row === undefined) return undefined;
  if (contact === undefined) return false;
  try {
    const page = { after: contact.ID - 1n, limit: 1, steps: 1 };
    const search = searchSegment(account, parseExpression(row.Expression), page);
    search.step();
    return search.found[0]?.id === contact.ID;
  } catch (error) {
    if (error instanceof NotBuiltError || error instanceof ExpressionError) return undefined;
    throw error;
  }
}
