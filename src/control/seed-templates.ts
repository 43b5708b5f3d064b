import * as z from 'zod';
import type { Account } from '../accounts/account.ts';
import { readLookupId } from '../lib/int64.ts';
import { isJsonObject, type Json } from '../lib/json.ts';
import { writeTemplate } from '../mail/stored-template.ts';
import { ControlError } from './control-error.ts';

const part = z.string().optional();

/** A template of a seed. Its ID is what `TemplateID` in code names. */
export const seedTemplate = z.strictObject({
  name: z.string().min(1).max(255),
  id: z
    .union([z.string(), z.number(), z.bigint()])
    .transform((value, context) => {
      const read = readLookupId(value);
      if (read !== undefined && read <= highest) return read;
      context.addIssue({ code: 'custom', message: `give an ID from 1 to ${highest}` });
      return z.NEVER;
    })
    .optional(),
  subject: part,
  from: part,
  replyTo: part,
  html: part,
  text: part,
  mjml: z
    .custom<Json>((value) => typeof value === 'string' || isJsonObject(value as Json))
    .optional(), // a custom type is told nothing of it
  locale: z.string().max(255).default('en_US'),
});

/** As large as production's could be, with room for those that the account gives afterwards. */
const highest = 2_000_000_000n;

/** Makes the templates of a document; one of a name that is there becomes what the document says. Runs inside a transaction. */
export function addTemplates(
  account: Account,
  templates: readonly z.infer<typeof seedTemplate>[],
): void {
  for (const [index, template] of templates.entries()) {
    const { subject, from, replyTo, html = null, text = null, mjml = null } = template;
    const id = rowOf(account, template, `templates[${index}].id`);
    const headers = {
      ...(from === undefined ? {} : { From: from }),
      ...(subject === undefined ? {} : { Subject: subject }),
      ...(replyTo === undefined ? {} : { 'Reply-to': replyTo }),
    };
    writeTemplate(account, id, { text, html, mjml, headers });
  }
}

/** The ID of a template by its name; it is made where there is none. */
function rowOf(
  account: Account,
  { id, name, locale }: z.infer<typeof seedTemplate>,
  path: string,
): bigint {
  const known = account
    .sql("SELECT ID, Name FROM template WHERE ID = ? OR (OwnerType = 'apikey' AND Name = ?)")
    .all(id ?? null, name) as { ID: bigint; Name: string }[]; // the columns selected
  const own = known.find((row) => row.Name === name);
  if (own !== undefined && (id === undefined || id === own.ID)) return own.ID;
  if (own !== undefined)
    throw new ControlError(400, `${path}: the template "${name}" is there with the ID ${own.ID}`);
  if (known.length > 0) throw new ControlError(400, `${path}: another template has the ID ${id}`);
  const now = account.time();
  const { lastInsertRowid } = account
    .sql(
      `INSERT INTO template (ID, Name, OwnerId, EditMode, Locale, LocaleList, CreatedAt, LastUpdatedAt)
       VALUES (?, ?, coalesce((SELECT ID FROM apikey ORDER BY ID LIMIT 1), 0), 2, ?, ?, ?, ?)`,
    )
    .run(id ?? null, name, locale, JSON.stringify([locale]), now, now);
  return BigInt(lastInsertRowid);
}
