import type { Account } from '../accounts/account.ts';
import { isJsonObject, type Json, type JsonObject, writeJson } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';

/**
 * What a template holds, as `detailcontent` has it.
 * @property mjml a text or a tree; it is stored and shown, never rendered (staff: MJMLContent is the editor's own form)
 * @property headers `Subject`, `From` ...; values that are no texts come from templates saved by the editor (recorded)
 */
export interface TemplateContent {
  text: string | null;
  html: string | null;
  mjml: Json;
  headers: JsonObject;
}

export const noContent: TemplateContent = { text: null, html: null, mjml: null, headers: {} };

interface ContentRow {
  text: string | null;
  html: string | null;
  mjml: string | null;
  headers: string;
}

/** What a template holds; undefined where there is no such template. @param template its ID, or its name */
export function readTemplate(
  account: Account,
  template: bigint | string,
): (TemplateContent & { id: bigint; name: string }) | undefined {
  const row = account.sql(typeof template === 'bigint' ? byId : byName).get(template) as
    | (ContentRow & { ID: bigint; Name: string })
    | undefined; // the columns selected
  if (row === undefined) return undefined;
  const headers = parseJson(row.headers ?? '{}');
  return {
    id: row.ID,
    name: row.Name,
    text: row.text,
    html: row.html,
    mjml: row.mjml === null ? null : parseJson(row.mjml),
    headers: isJsonObject(headers) ? headers : {},
  };
}

const select = `SELECT ID, Name, text, html, mjml, headers FROM template
  LEFT JOIN templatecontent ON templateID = ID WHERE`;
const byId = `${select} ID = ?`;
// assumed: of templates with one name that of the key itself is meant
const byName = `${select} Name = ? ORDER BY OwnerType <> 'apikey', ID LIMIT 1`;

/** Stores what a template holds. Runs inside a transaction. */
export function writeTemplate(
  account: Account,
  id: bigint,
  { text, html, mjml, headers }: TemplateContent,
): void {
  const tree = mjml === null || mjml === undefined ? null : writeJson(mjml);
  account
    .sql(
      `INSERT INTO templatecontent (templateID, text, html, mjml, headers) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (templateID) DO UPDATE SET text = excluded.text, html = excluded.html, mjml = excluded.mjml,
         headers = excluded.headers`,
    )
    .run(id, text, html, tree, writeJson(headers));
  account.sql('UPDATE template SET LastUpdatedAt = ? WHERE ID = ?').run(account.time(), id);
}
/** A template's header by its name in any case; undefined where there is none that is a text. */
export function templateHeader(headers: JsonObject, name: string): string | undefined {
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : headers[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Names of the headers that are no texts (recorded: `sender`, an object). */
export function wrongHeaders(headers: JsonObject): string[] {
  return Object.keys(headers).filter(
    (name) => typeof headers[name] !== 'string' && headers[name] !== null,
  );
}
