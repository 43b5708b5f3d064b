import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import type { TemplateError, TemplateWarning } from '../templating/template-error.ts';
import { printable } from './printable.ts';

/** The object in a file of JSON; {} without a file. @throws Error that names the file */
export function readObject(file: string | undefined): JsonObject {
  if (file === undefined) return {};
  let value: ReturnType<typeof parseJson>;
  try {
    value = parseJson(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`); // a SyntaxError, or of the file system
  }
  if (!isJsonObject(value)) throw new Error(`${file} holds no JSON object`);
  return value;
}

/** What is told of templates, as compilers do: a place an editor can jump to, production's text, then the hint. */
export function toldLines(
  errors: readonly TemplateError[],
  warnings: readonly Partial<Pick<TemplateWarning, 'part' | 'line' | 'column' | 'message'>>[],
): string[] {
  const lines = [
    ...errors.map(
      ({ part, line, column, message, hint }) =>
        `${part}:${line}:${column}: error: ${oneLine(message)}\n    ${oneLine(hint)}`,
    ),
    ...warnings.map(({ part, line, column, message = '' }) => {
      const place = [part, line, column].filter((each) => each !== undefined);
      return `${place.map((each) => `${each}:`).join('')}${place.length > 0 ? ' ' : ''}warning: ${oneLine(message)}`;
    }),
  ];
  return lines.map(printable);
}

const oneLine = (text: string) => text.replace(/\s*[\r\n]+\s*/g, ' ');
