import { existsSync, readFileSync } from 'node:fs';
import type { RenderedTemplate } from '../library/templates.ts';
import { compile } from '../templating/compile.ts';
import { type Arguments, print } from './arguments.ts';
import { runningAccount } from './running.ts';
import { readObject, toldLines } from './template-file.ts';

/**
 * `mockjet render FILE|ID [--vars FILE]`: what a template becomes, on stdout; what is wrong with it, on stderr.
 * @returns 0, or 1 where there is an error
 */
export async function render(
  { options, words, isJson }: Arguments,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const [name = ''] = words;
  const variables = readObject(options.vars);
  const contact = readObject(options.contact);
  if (/^\d+$/.test(name) && !existsSync(name)) {
    const account = runningAccount(options, environment);
    const rendered = await account.templates.render({ templateId: name, variables, contact });
    return tell(isJson, rendered, rendered[partOf(options.part)]);
  }
  const template = compile(readFileSync(name, 'utf8'), { part: name });
  const { text, errors, warnings } = template.render({ variables, contact });
  return tell(isJson, { text, errors, warnings }, text);
}

const partOf = (given: string | undefined) =>
  given === 'subject' || given === 'text' ? given : 'html';

function tell(
  isJson: boolean,
  rendered: Pick<RenderedTemplate, 'errors' | 'warnings'> & Partial<RenderedTemplate>,
  text: string,
): number {
  const { errors, warnings } = rendered;
  if (isJson) print(isJson, rendered, '');
  else {
    process.stdout.write(text);
    for (const line of toldLines(errors, warnings)) process.stderr.write(`${line}\n`);
  }
  return errors.length > 0 ? 1 : 0;
}
