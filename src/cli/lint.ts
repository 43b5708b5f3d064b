import { readFileSync } from 'node:fs';
import { compile } from '../templating/compile.ts';
import { type Arguments, counted, print } from './arguments.ts';
import { readObject, toldLines } from './template-file.ts';

/**
 * `mockjet lint FILE...`: what is wrong with templates, and with `--vars` what is wrong with them for these variables.
 * @returns 0, or 1 where there is an error
 */
export async function lint({ options, words, isJson }: Arguments): Promise<number> {
  const hasVariables = options.vars !== undefined;
  const variables = readObject(options.vars);
  const errors = [];
  const warnings = [];
  for (const file of words) {
    const template = compile(readFileSync(file, 'utf8'), { part: file });
    const found = hasVariables ? template.render({ variables }) : template;
    errors.push(...found.errors);
    warnings.push(...found.warnings);
  }
  const summary = `${counted(words.length, 'template')}: ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}`;
  print(isJson, { errors, warnings }, [...toldLines(errors, warnings), summary].join('\n'));
  return errors.length > 0 ? 1 : 0;
}
