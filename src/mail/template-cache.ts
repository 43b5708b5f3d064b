import { compile, type Template } from '../templating/compile.ts';

/** How many characters of sources are remembered. */
const mostCharacters = 8_000_000;

/** How many tags one source may have. */
const mostTags = 20_000;

/** Longer sources are compiled anew each time. */
const longestSource = 500_000;

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
  let characters = 0;
  return (source, part, language, budget) => {
    const key = `${part}\n${language}\n${source}`;
    const found = known.get(key);
    if (found !== undefined) {
      // what was used last is the last to go
      known.delete(key);
      known.set(key, found);
      return found;
    }
    const tags = Math.min(mostTags, budget.tags);
    const template = compile(source, { part, language, tags });
    budget.tags = Math.max(0, budget.tags - template.tags);
    // one that met the end of a budget is another with a fresh one
    if (source.length > longestSource || template.errors.length > 0) return template;
    known.set(key, template);
    characters += key.length;
    for (const old of known.keys()) {
      if (characters <= mostCharacters) break;
      known.delete(old);
      characters -= old.length;
    }
    return template;
  };
}
