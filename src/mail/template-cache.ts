import { compile, type Template } from '../templating/compile.ts';

/** What is remembered together: characters of sources, and tags, each of which takes a kilobyte or so. */
const most = { characters: 8_000_000, tags: 50_000 };

/** How many tags one source may have. */
const mostTags = 20_000;

/** Compiles a source, or finds it compiled. @param budget what a call may have compiled, counted down */
export type CompileTemplate = (
  source: string,
  part: string,
  language: boolean,
  budget: { tags: number },
) => Template;

/** Remembers compiled templates by their sources: one template is sent many times. */
export function createTemplateCache(): CompileTemplate {
  const known = new Map<string, Template>();
  const sum = { characters: 0, tags: 0 };
  const count = (key: string, { tags }: Template, sign: 1 | -1) => {
    sum.characters += sign * key.length;
    sum.tags += sign * tags;
  };
  return (source, part, language, budget) => {
    const key = `${part}\n${language}\n${source}`;
    const found = known.get(key);
    if (found !== undefined) {
      // what was used last is the last to go
      known.delete(key);
      known.set(key, found);
      return found;
    }
    const template = compile(source, { part, language, tags: Math.min(mostTags, budget.tags) });
    budget.tags = Math.max(0, budget.tags - template.tags);
    // one that met the end of a budget is another with a fresh one
    if (template.errors.length > 0 || key.length > most.characters) return template;
    known.set(key, template);
    count(key, template, 1);
    for (const [old, remembered] of known) {
      if (sum.characters <= most.characters && sum.tags <= most.tags) break;
      known.delete(old);
      count(old, remembered, -1);
    }
    return template;
  };
}
