import { parse } from 'csv-parse/sync';
import { MailjetError } from '../lib/errors.ts';
import { parseJson } from '../lib/json-text.ts';
import { ControlError } from './control-error.ts';
import { readBodyAs } from './read-body.ts';
import { type SeedDocument, seedDocument } from './seed-document.ts';

/** Reads JSON in which no ID is rounded. @throws ControlError 400 */
export function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof MailjetError)) throw error;
    throw new ControlError(400, `The body is no JSON: ${error.message}`);
  }
}

/** A document out of JSON. @throws ControlError 400 that names each wrong place */
export function readSeed(json: unknown): SeedDocument {
  return readBodyAs(seedDocument, json);
}

/**
 * A document out of CSV with a header line: `email`, `name` where it is wanted, and names of properties; an empty field
 * sets nothing.
 * @param list into which all contacts go; it is made where there is none
 * @throws ControlError 400 that names the line
 */
export function readSeedCsv(bytes: Buffer, list: string | undefined): SeedDocument {
  const [header = [], ...rows] = records(bytes);
  const names = header.map((name) => name.trim());
  const column = (wanted: string) => names.findIndex((name) => name.toLowerCase() === wanted);
  const [email, name] = [column('email'), column('name')];
  if (email < 0) throw new ControlError(400, 'line 1: the header names no column "email"');
  const seen = new Set<string>();
  const twice = names.find((text) => seen.size === seen.add(text).size);
  if (twice !== undefined) throw new ControlError(400, `line 1: the header has "${twice}" twice`);
  const contacts = rows.map((fields) => ({
    email: fields[email]?.trim(),
    ...(name < 0 || fields[name] === '' ? {} : { name: fields[name] }),
    properties: Object.fromEntries(
      names.flatMap((text, index) =>
        index === email || index === name || fields[index] === '' ? [] : [[text, fields[index]]],
      ),
    ),
    lists: list === undefined ? [] : [list],
  }));
  return readSeed({ lists: list === undefined ? [] : [{ name: list }], contacts });
}

/** A header has the properties that an account may have, and some; the parser would take any number of them. */
const mostFields = 1_000_000;
/** Bytes of one line: the parser takes seconds for a line of many megabytes. */
const longestRecord = 1024 * 1024;
const [COMMA, LINE_FEED, RETURN] = [0x2c, 0x0a, 0x0d];

function records(bytes: Buffer): string[][] {
  let fields = 1;
  for (let at = 0; at < bytes.length; at += 1)
    if (bytes[at] === COMMA || bytes[at] === LINE_FEED || bytes[at] === RETURN) fields += 1;
  if (fields > mostFields)
    throw new ControlError(400, `The CSV has more than ${mostFields} fields: give it in parts`);
  try {
    return parse(bytes, { bom: true, skip_empty_lines: true, max_record_size: longestRecord });
  } catch (error) {
    throw new ControlError(400, `The CSV cannot be read: ${(error as Error).message}`); // csv-parse throws Errors
  }
}
