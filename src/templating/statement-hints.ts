import { closest } from './syntax-hints.ts';

const statements = ['if', 'elseif', 'else', 'endif', 'for', 'endfor', 'set'];

/** What somebody meant who wrote this in `{% %}`. */
export function unknownStatement(inner: string): string {
  const text = inner.trim().slice(0, 100);
  const word = /^[^\s(]*/.exec(text)?.[0] ?? '';
  const lower = word.toLowerCase();
  if (text === '') return 'Nothing is written in the braces.';
  if (word.startsWith('-') || text.endsWith('-'))
    return 'The language has no {%- -%} that takes blanks away: write {% and %}.';
  if (/^else\s+if/i.test(text) || ['elif', 'elsif', 'elsef'].includes(lower))
    return 'Write {% elseif condition %}, in one word.';
  if (/^end\s+(if|for)/i.test(text)) return 'Write {% endif %} or {% endfor %}, in one word.';
  if (lower === 'end') return 'A block ends with {% endif %} or {% endfor %}.';
  if (['else', 'endif', 'endfor'].includes(lower)) return `Nothing follows {% ${lower} %}.`;
  if (lower === 'foreach') return 'Write {% for item in var:list %}.';
  if (lower === 'unless') return 'Write {% if not(condition) %}.';
  if (['include', 'extends', 'block', 'macro', 'import', 'raw', 'verbatim'].includes(lower))
    return `The language has no "${lower}".`;
  const near = closest(lower, statements);
  const meant = near === undefined ? '' : ` Did you mean {% ${near} %}?`;
  return `"${word}" is no statement: there are if, elseif, else, endif, for, endfor and set.${meant}`;
}
